// SPDX-License-Identifier: GPL-2.0-or-later
// One searchable state of an index: some segments, without the documents that were erased or replaced
// since a segment was written, under the settings they were built for. Immutable, and safe to use from
// many threads; held by shared_ptr for as long as a search runs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
#include <vector>

#include "index/bitmap.h"
#include "index/kept_bytes.h"
#include "index/segment.h"
#include "index/settings.h"
#include "text/analyzer.h"

namespace nunmul {

struct LiveSegment {
  std::shared_ptr<const Segment> segment;
  Bitmap live;  // documents that are still there
  std::uint32_t live_count = 0;
};

// A document of a generation.
struct DocumentRef {
  std::uint32_t segment = 0;   // index into Generation::segments()
  std::uint32_t document = 0;  // within it
  bool operator==(const DocumentRef&) const = default;
  auto operator<=>(const DocumentRef&) const = default;
};

class Snapshot;
struct Manifest;

class Generation : public std::enable_shared_from_this<Generation> {
 public:
  // A name that no other generation of any index has; key for caches.
  const std::string& name() const;
  const Settings& settings() const;
  const Analyzer& analyzer() const;

  const std::vector<LiveSegment>& segments() const;
  std::uint64_t documents() const;
  std::uint64_t store_version() const;  // of the DocumentStore that it was built from
  std::uint64_t bytes() const;          // of its segments, on disk
  std::map<std::string, std::uint64_t> field_distribution() const;
  const FamilyTotals& family_totals() const;

  std::optional<DocumentRef> find(std::string_view id) const;
  std::string_view json(DocumentRef document) const;
  std::string_view id(DocumentRef document) const;
  std::uint64_t ordinal(DocumentRef document) const;

  // Runs `reader` with a snapshot whose database no other thread uses meanwhile. Xapian's errors
  // become Error(Internal).
  template <typename Reader>
  auto read(Reader&& reader) const {
    const Lease lease(*this);
    return reader(lease.snapshot());
  }

  // A value kept with the generation under a key of its type (filter bitmaps and the like). Together they
  // take kMaxCachedBytes, as kept_bytes() measures them; the least recently used ones are dropped.
  static constexpr std::size_t kMaxCachedBytes = 16 << 20;
  template <typename Value, typename Make>
  std::shared_ptr<const Value> cached(const std::string& key, Make&& make) const {
    return std::static_pointer_cast<const Value>(cached_value({typeid(Value), key}, [&] {
      const auto value = std::make_shared<const Value>(make());
      return CachedValue{value, kept_bytes(*value)};
    }));
  }
  std::size_t cached_bytes() const;

  ~Generation();

 private:
  friend std::shared_ptr<const Generation> make_generation(const Manifest&, Settings,
                                                           std::vector<LiveSegment>,
                                                           std::shared_ptr<const LanguageResources>);
  class Lease {
   public:
    explicit Lease(const Generation& generation);
    ~Lease();
    const Snapshot& snapshot() const { return *snapshot_; }

   private:
    const Generation& generation_;
    std::unique_ptr<Snapshot> snapshot_;
  };
  Generation();
  using CacheKey = std::pair<std::type_index, std::string>;
  struct CachedValue {
    std::shared_ptr<const void> value;
    std::size_t bytes = 0;
  };
  std::shared_ptr<const void> cached_value(CacheKey key, const std::function<CachedValue()>& make) const;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
