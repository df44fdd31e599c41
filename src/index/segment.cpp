// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include <xapian.h>

#include "base/error.h"
#include "base/hash.h"
#include "index/binary_file.h"
#include "index/forward.h"
#include "index/segment_postings.h"
#include "index/vocabulary.h"

namespace nunmul {
namespace {
constexpr std::size_t kMinPostingsBytes = 1 << 20;  // that are kept of any segment
}

struct Segment::Impl {
  std::filesystem::path folder;
  std::string name;
  std::uint32_t documents = 0;
  std::vector<std::string> fields;
  FamilyTotals totals;
  std::map<std::string, std::uint64_t> field_distribution;
  std::uint64_t bytes = 0;

  BinaryFile store;
  std::string_view texts;
  std::span<const std::uint64_t> text_offsets;
  std::string_view ids;
  std::span<const std::uint64_t> id_offsets;
  std::span<const std::uint64_t> ordinals;
  std::span<const std::uint64_t> hashes;
  std::span<const std::uint32_t> hash_documents;
  std::span<const DocumentOrigin> origins;

  Vocabulary vocabulary;
  ForwardTable forward;
  BinaryFile columns_file;
  std::map<std::string, Column, std::less<>> columns;
  int postings_file = -1;  // kept open, so that later handles need no path
  std::unique_ptr<SegmentPostings> postings;

  ~Impl() {
    if (postings_file >= 0) ::close(postings_file);
  }
};

Segment::Segment(const std::filesystem::path& folder, Verify verify) : impl_(std::make_unique<Impl>()) {
  const Json description = read_segment_folder(folder, verify);
  impl_->folder = folder;
  impl_->name = folder.filename().string();
  impl_->documents = description.at("documents").get<std::uint32_t>();
  impl_->fields = description.at("fields").get<std::vector<std::string>>();
  impl_->totals.terms = description.at("familyTerms").get<std::array<std::uint64_t, kFamilyCount>>();
  impl_->totals.documents = description.at("familyDocuments").get<std::array<std::uint64_t, kFamilyCount>>();
  for (const auto& [name, count] : description.at("fieldDistribution").items())
    impl_->field_distribution[name] = count.get<std::uint64_t>();
  for (const auto& [name, file] : description.at("files").items())
    impl_->bytes += file.at("bytes").get<std::uint64_t>();

  impl_->store = BinaryFile(folder / kDocumentsFile);
  impl_->texts = impl_->store.array_bytes(0);
  impl_->text_offsets = impl_->store.array<std::uint64_t>(1);
  impl_->ids = impl_->store.array_bytes(2);
  impl_->id_offsets = impl_->store.array<std::uint64_t>(3);
  impl_->ordinals = impl_->store.array<std::uint64_t>(4);
  impl_->hashes = impl_->store.array<std::uint64_t>(5);
  impl_->hash_documents = impl_->store.array<std::uint32_t>(6);
  if (impl_->store.arrays() > 7) impl_->origins = impl_->store.array<DocumentOrigin>(7);
  impl_->vocabulary = Vocabulary(folder / kWordsFile);
  impl_->forward = ForwardTable(folder / kForwardFile);
  impl_->columns_file = BinaryFile(folder / kColumnsFile);
  for (const Json& path : description.at("columns"))
    impl_->columns.emplace(path.get<std::string>(), Column(impl_->columns_file, impl_->columns.size()));
  if (impl_->text_offsets.size() != impl_->documents + 1UL || impl_->ordinals.size() != impl_->documents ||
      impl_->forward.documents() != impl_->documents)
    throw Error(ErrorCode::IoError, "The segment " + folder.string() + " is damaged.");

  impl_->postings_file = ::open((folder / kPostingsFile).c_str(), O_RDONLY | O_CLOEXEC);
  if (impl_->postings_file < 0) throw_errno(errno, "open " + (folder / kPostingsFile).string());
  // Arrays take about what Xapian's blocks take, and those need not stay in memory then.
  const auto file_bytes = description.at("files").at(kPostingsFile).at("bytes").get<std::size_t>();
  impl_->postings =
      std::make_unique<SegmentPostings>(impl_->documents, std::max(kMinPostingsBytes, file_bytes));
}

Segment::~Segment() = default;

const std::string& Segment::name() const { return impl_->name; }
const std::filesystem::path& Segment::folder() const { return impl_->folder; }
std::uint32_t Segment::documents() const { return impl_->documents; }

std::string_view Segment::json(std::uint32_t document) const {
  const auto& offsets = impl_->text_offsets;
  return impl_->texts.substr(offsets[document], offsets[document + 1] - offsets[document]);
}

std::string_view Segment::id(std::uint32_t document) const {
  const auto& offsets = impl_->id_offsets;
  return impl_->ids.substr(offsets[document], offsets[document + 1] - offsets[document]);
}

std::uint64_t Segment::ordinal(std::uint32_t document) const { return impl_->ordinals[document]; }

std::optional<DocumentOrigin> Segment::origin(std::uint32_t document) const {
  if (document >= impl_->origins.size()) return std::nullopt;
  return impl_->origins[document];
}

StoredDocument Segment::stored(std::uint32_t document, DocumentOrigin origin) const {
  return {ordinal(document), std::string(id(document)), std::string(json(document)), origin};
}

std::optional<std::uint32_t> Segment::find_ordinal(std::uint64_t ordinal) const {
  const auto& ordinals = impl_->ordinals;
  const auto found = std::lower_bound(ordinals.begin(), ordinals.end(), ordinal);
  if (found == ordinals.end() || *found != ordinal) return std::nullopt;
  return static_cast<std::uint32_t>(found - ordinals.begin());
}

std::optional<std::uint32_t> Segment::find_id(std::string_view wanted) const {
  const auto [first, last] = std::equal_range(impl_->hashes.begin(), impl_->hashes.end(), hash64(wanted));
  for (auto at = first; at != last; ++at) {
    const std::uint32_t document =
        impl_->hash_documents[static_cast<std::size_t>(at - impl_->hashes.begin())];
    if (id(document) == wanted) return document;
  }
  return std::nullopt;
}

const std::vector<std::string>& Segment::fields() const { return impl_->fields; }
const FamilyTotals& Segment::family_totals() const { return impl_->totals; }

Xapian::Database Segment::open_database() const {
  // A description of its own, since Xapian reads from where the descriptor stands.
  const int copy =
      ::open(("/proc/self/fd/" + std::to_string(impl_->postings_file)).c_str(), O_RDONLY | O_CLOEXEC);
  if (copy < 0) throw_errno(errno, "open " + (impl_->folder / kPostingsFile).string());
  return Xapian::Database(copy);  // takes the descriptor over
}

const SegmentPostings& Segment::postings() const { return *impl_->postings; }
const Vocabulary& Segment::vocabulary() const { return impl_->vocabulary; }
const ForwardTable& Segment::forward() const { return impl_->forward; }

const Column* Segment::find_column(std::string_view attribute) const {
  const auto found = impl_->columns.find(attribute);
  return found == impl_->columns.end() ? nullptr : &found->second;
}

std::vector<std::string> Segment::column_names() const {
  std::vector<std::string> names;
  for (const auto& [name, column] : impl_->columns) names.push_back(name);
  return names;
}

const std::map<std::string, std::uint64_t>& Segment::field_distribution() const {
  return impl_->field_distribution;
}
std::uint64_t Segment::bytes() const { return impl_->bytes; }

}  // namespace nunmul
