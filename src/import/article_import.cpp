// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/article_import.h"

#include <utility>

namespace nunmul {
namespace {

// Lines with text of one article. Finding the list in it compares lines with one another.
constexpr std::size_t kMaxArticleLines = 5'000;

// The line where the article has more lines with text than one may have.
const RawLine* find_excess(const std::vector<RawLine>& lines) {
  std::size_t count = 0;
  for (const RawLine& line : lines)
    if (!line.text.empty() && ++count > kMaxArticleLines) return &line;
  return nullptr;
}

}  // namespace

ArticleImport::ArticleImport(const WordLists& words, const std::filesystem::path& word_folder,
                             const std::filesystem::path& names_file,
                             const std::filesystem::path& overrides_file, ImportLog& log)
    : words_(words), word_folder_(word_folder), known_(names_file), overrides_(overrides_file), log_(log) {}

bool ArticleImport::can_be_read(const std::vector<RawLine>& lines) const {
  return !words_.empty() && find_excess(lines) == nullptr;
}

void ArticleImport::read_list(const std::vector<RawLine>& lines, const std::string& source) {
  if (const RawLine* line = find_excess(lines))
    return log_.problem(line->number,
                        "the article has more than " + std::to_string(kMaxArticleLines) +
                            " lines; a list as long as that can be imported as CSV, JSON or NDJSON");
  if (words_.empty())
    return log_.problem(0, "it can only be read as an article, which needs word lists; there are none in " +
                               word_folder_.string());
  Article article = read_article(words_, lines, source);
  if (article.items.empty())
    return without_list_.push_back(
        {log_.file_name(), 0, "no list of songs, films or dramas was found in it"});
  take(std::move(article));
}

bool ArticleImport::take_as_list(const std::vector<RawLine>& lines, const std::string& source) {
  if (!can_be_read(lines)) return false;
  Article article = read_article(words_, lines, source);
  if (article.items.size() < kMinListItems || article.items.front().kind == "other") return false;
  take(std::move(article));
  return true;
}

bool ArticleImport::take_page_as_list(const std::vector<RawLine>& lines, bool marked,
                                      const std::string& source) {
  if (!can_be_read(lines)) return false;
  Article article = read_article(words_, lines, source);
  if (article.items.empty() || (marked && article.items.front().kind == "other")) return false;
  take(std::move(article));
  return true;
}

void ArticleImport::take(Article&& article) {
  for (const PassedOver& heading : article.passed_over)
    log_.warn(heading.line, "the heading \"" + heading.heading + "\" was passed over");
  files_.push_back(log_.file_name());
  log_.add_found(article.items.size());
  articles_.push_back(std::move(article));
}

std::vector<Entry> ArticleImport::resolve() {
  std::vector<Entry> entries = resolve_articles(words_, articles_, known_, overrides_, log_.report.doubtful);
  // Sources are file names; the report names whole paths.
  for (DoubtfulSplit& split : log_.report.doubtful)
    for (std::size_t i = 0; i < articles_.size(); ++i)
      if (articles_[i].source == split.file) split.file = files_[i];
  return entries;
}

void ArticleImport::finish() {
  auto& told = log_.report.count > 0 ? log_.report.warnings : log_.report.problems;
  for (ImportProblem& without : without_list_) told.push_back(std::move(without));
}

}  // namespace nunmul
