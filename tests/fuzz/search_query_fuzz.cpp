// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a query, with every strategy, over a small index: an answer comes, and without its marks a
// highlighted text is the document's.
#include <cstdlib>
#include <filesystem>
#include <string>

#include "index/index.h"
#include "index/snapshot.h"
#include "search/searcher.h"
#include "text/language_resources.h"

using namespace nunmul;

namespace {

// Lives as long as the process.
class SmallIndex {
 public:
  SmallIndex() {
    char name[] = "/tmp/nunmul-fuzz-XXXXXX";
    if (!mkdtemp(name)) std::abort();
    folder_ = name;
    index_ = std::make_unique<Index>(
        folder_, LanguageResources::load(std::filesystem::path(NUNMUL_SOURCE_DIR) / "index" / "languages"));
    IndexWriter writer(*index_, "fuzz");
    writer.documents().begin();
    int id = 0;
    for (const char* title : {"On A Rainy Day(비가 내리는 날에는)", "涙の歌、東京タワー", "좋은 날",
                              "Train to Busan", "It's Okay to Not Be Okay"})
      writer.documents().put(std::to_string(++id), dump_json({{"id", id}, {"title", title}}),
                             DocumentOrigin::Files);
    writer.documents().commit();
    writer.publish(writer.build(Settings{}));
  }
  ~SmallIndex() {
    index_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  SearchResult search(const SearchRequest& request) const {
    return index_->generation()->read(
        [&](const Snapshot& snapshot) { return Searcher(snapshot).search(request); });
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Index> index_;
};

std::string without(std::string text, const std::string& mark) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
    text.erase(at, mark.size());
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const SmallIndex index;
  SearchRequest request;
  request.q.assign(reinterpret_cast<const char*>(data), size);
  request.attributes_to_highlight = {"*"};
  request.highlight_pre_tag = "\x01";
  request.highlight_post_tag = "\x02";
  for (const MatchingStrategy strategy :
       {MatchingStrategy::Last, MatchingStrategy::All, MatchingStrategy::Frequency, MatchingStrategy::Any}) {
    request.matching_strategy = strategy;
    for (const Hit& hit : index.search(request).hits) {
      const std::string marked = hit.formatted->at("title").get<std::string>();
      if (without(without(marked, "\x01"), "\x02") != parse_json(hit.document).at("title").get<std::string>())
        std::abort();
    }
  }
  return 0;
}
