// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a file to import: the first says which reader gets the rest. What comes out is UTF-8 and
// stands on a line of the file; what is refused is refused with a message.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/utf8.h"
#include "import/article_reader.h"
#include "import/read/csv_reader.h"
#include "import/read/feed_reader.h"
#include "import/read/front_matter.h"
#include "import/read/html_lines.h"
#include "import/read/json_documents.h"
#include "import/read/json_feed.h"
#include "import/read/markdown_reader.h"
#include "import/words/word_lists.h"
#include "text/charset.h"

namespace {

using namespace nunmul;

void require(bool holds) {
  if (!holds) std::abort();
}

const WordLists& words() {
  static const WordLists lists(std::filesystem::path(NUNMUL_SOURCE_DIR) / "index/languages/articles");
  return lists;
}

void check_fault(std::uint32_t, const std::string& message) { require(!message.empty()); }

void check_post(const Post& post) {
  require(!find_invalid_utf8(dump_json(post.fields)));
  read_html_lines(words(), post.html);
}

void check_article(const std::vector<RawLine>& lines) {
  const Article article = read_article(words(), lines, "a");
  for (const ArticleItem& item : article.items) require(!item.raw_heading.empty());
}

void read_as(unsigned reader, std::string_view text) {
  switch (reader) {
    case 0:
      return read_posts(text, check_post, check_fault);
    case 1: {
      CsvReader rows(words(), text, find_csv_delimiter(text));
      while (const auto row = rows.next())
        require(row->line > 0 && !find_invalid_utf8(dump_json(row->fields)));
      return;
    }
    case 2:
      if (const auto matter = read_front_matter(words(), text)) require(matter->fields.is_object());
      return check_article(read_markdown_lines(words(), text));
    case 3:
      return check_article(read_text_lines(text));
    case 4:
      return check_article(read_html_page(words(), text).lines);
    case 5:
      return read_json_feed(text, check_post, check_fault);
    case 6:
      return read_json(
          words(), text, "", [](Entry&& entry) { require(entry.raw.starts_with('{')); }, check_fault);
    default: {
      const CharsetGuess guess = guess_charset(text);
      if (guess.charset.empty()) return;
      if (const auto decoded = from_charset(text, guess.charset)) require(!find_invalid_utf8(*decoded));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 20'000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const unsigned reader = data[0] % 8U;
  if (reader < 7 && (find_invalid_utf8(text) || text.find('\0') != std::string_view::npos)) return 0;
  try {
    read_as(reader, text);
  } catch (const Error& error) {
    require(std::string_view(error.what()).size() > 0);
  }
  return 0;
}
