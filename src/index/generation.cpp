// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/generation.h"

#include <list>
#include <map>
#include <mutex>

#include "base/error.h"
#include "index/generation_loader.h"
#include "index/generation_state.h"
#include "index/snapshot.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {
constexpr std::size_t kCacheRowBytes = 200;  // that a cached value takes beside itself and its key
}

struct Generation::Impl {
  Impl(Settings s, const std::shared_ptr<const LanguageResources>& resources)
      : settings(std::move(s)),
        analyzer(resources, AnalyzerSettings{settings.separator_tokens, settings.non_separator_tokens,
                                             settings.dictionary}) {}

  Settings settings;
  Analyzer analyzer;
  std::string name;
  std::vector<LiveSegment> segments;
  FamilyTotals totals;
  std::uint64_t documents = 0;
  std::uint64_t store_version = 0;
  std::uint64_t bytes = 0;

  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<Snapshot>> idle;  // guarded by mutex

  using Recent = std::list<std::pair<CacheKey, CachedValue>>;
  mutable std::mutex cache_mutex;
  mutable Recent recent;                                // guarded by cache_mutex; last used first
  mutable std::map<CacheKey, Recent::iterator> cached;  // guarded by cache_mutex
  mutable std::size_t cached_bytes = 0;                 // guarded by cache_mutex
};

Generation::Generation() = default;
Generation::~Generation() = default;

std::shared_ptr<const Generation> make_generation(const Manifest& manifest, Settings settings,
                                                  std::vector<LiveSegment> segments,
                                                  std::shared_ptr<const LanguageResources> resources) {
  std::shared_ptr<Generation> generation(new Generation());
  generation->impl_ = std::make_unique<Generation::Impl>(std::move(settings), resources);
  Generation::Impl& impl = *generation->impl_;
  impl.name = manifest.name;
  impl.store_version = manifest.store_version;
  impl.segments = std::move(segments);
  for (const LiveSegment& live : impl.segments) {
    impl.documents += live.live_count;
    impl.bytes += live.segment->bytes();
    impl.totals += live.segment->family_totals();
  }
  return generation;
}

const std::string& Generation::name() const { return impl_->name; }
const Settings& Generation::settings() const { return impl_->settings; }
const Analyzer& Generation::analyzer() const { return impl_->analyzer; }
const std::vector<LiveSegment>& Generation::segments() const { return impl_->segments; }
std::uint64_t Generation::documents() const { return impl_->documents; }
std::uint64_t Generation::store_version() const { return impl_->store_version; }
std::uint64_t Generation::bytes() const { return impl_->bytes; }
const FamilyTotals& Generation::family_totals() const { return impl_->totals; }

std::map<std::string, std::uint64_t> Generation::field_distribution() const {
  std::map<std::string, std::uint64_t> total;
  for (const LiveSegment& live : impl_->segments) {
    for (const auto& [name, count] : live.segment->field_distribution()) total[name] += count;
    // What is erased is looked at again: a segment keeps few erased documents.
    Bitmap erased = live.live;
    erased.invert();
    for (std::size_t d = erased.next(0); d < erased.size(); d = erased.next(d + 1)) {
      const Json document = parse_json(live.segment->json(static_cast<std::uint32_t>(d)));
      for (const auto& [name, value] : document.items()) --total[name];
    }
  }
  std::erase_if(total, [](const auto& row) { return row.second == 0; });
  return total;
}

std::optional<DocumentRef> Generation::find(std::string_view id) const {
  for (std::uint32_t s = 0; s < impl_->segments.size(); ++s) {
    const LiveSegment& live = impl_->segments[s];
    const auto document = live.segment->find_id(id);
    if (document && live.live.test(*document)) return DocumentRef{s, *document};
  }
  return std::nullopt;
}

std::string_view Generation::json(DocumentRef document) const {
  return impl_->segments[document.segment].segment->json(document.document);
}
std::string_view Generation::id(DocumentRef document) const {
  return impl_->segments[document.segment].segment->id(document.document);
}
std::uint64_t Generation::ordinal(DocumentRef document) const {
  return impl_->segments[document.segment].segment->ordinal(document.document);
}

std::shared_ptr<const void> Generation::cached_value(CacheKey key,
                                                     const std::function<CachedValue()>& make) const {
  {
    const std::lock_guard lock(impl_->cache_mutex);
    const auto known = impl_->cached.find(key);
    if (known != impl_->cached.end()) {
      impl_->recent.splice(impl_->recent.begin(), impl_->recent, known->second);
      return known->second->second.value;
    }
  }
  CachedValue made = make();  // outside the lock: two threads may make the same
  made.bytes += kCacheRowBytes + 2 * key.second.size();
  const std::lock_guard lock(impl_->cache_mutex);
  const auto known = impl_->cached.find(key);
  if (known != impl_->cached.end()) return known->second->second.value;
  impl_->cached_bytes += made.bytes;
  impl_->recent.emplace_front(std::move(key), made);
  impl_->cached[impl_->recent.front().first] = impl_->recent.begin();
  while (impl_->cached_bytes > kMaxCachedBytes && impl_->recent.size() > 1) {
    impl_->cached_bytes -= impl_->recent.back().second.bytes;
    impl_->cached.erase(impl_->recent.back().first);
    impl_->recent.pop_back();
  }
  return made.value;
}

std::size_t Generation::cached_bytes() const {
  const std::lock_guard lock(impl_->cache_mutex);
  return impl_->cached_bytes;
}

Generation::Lease::Lease(const Generation& generation) : generation_(generation) {
  {
    const std::lock_guard lock(generation.impl_->mutex);
    auto& idle = generation.impl_->idle;
    if (!idle.empty()) {
      snapshot_ = std::move(idle.back());
      idle.pop_back();
      return;
    }
  }
  try {
    std::vector<Xapian::Database> shards;
    for (const LiveSegment& live : generation.segments()) shards.push_back(live.segment->open_database());
    snapshot_ = std::make_unique<Snapshot>(generation, std::move(shards));
  } catch (const Xapian::Error& error) {
    throw Error(ErrorCode::Internal, "The index cannot be opened: " + error.get_description() + ".");
  }
}

Generation::Lease::~Lease() {
  const std::lock_guard lock(generation_.impl_->mutex);
  generation_.impl_->idle.push_back(std::move(snapshot_));
}

}  // namespace nunmul
