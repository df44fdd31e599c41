// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/language_resources.h"

#include <functional>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "text/fold.h"
#include "text/latin.h"
#include "text/utf8.h"

namespace nunmul {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Calls `use` with each line that is not empty, without its comment.
void for_each_line(std::string_view text, const std::function<void(std::string_view, std::size_t)>& use) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    line = line.substr(0, line.find('#'));
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    if (!line.empty()) use(line, number);
  }
}

std::vector<std::string> split(std::string_view line, bool (*is_border)(char)) {
  std::vector<std::string> fields;
  for (std::size_t at = 0; at < line.size();) {
    if (is_border(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && !is_border(line[end])) ++end;
    fields.emplace_back(line.substr(at, end - at));
    at = end;
  }
  return fields;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    for (std::string& word : split(line, is_blank)) words.push_back(std::move(word));
  });
  return words;
}

}  // namespace

// Fills the resources from a folder, a file at a time.
class ResourceLoader {
 public:
  ResourceLoader(LanguageResources& resources, std::filesystem::path folder)
      : resources_(resources), folder_(std::move(folder)) {}

  void load() {
    const std::vector<std::string> particles = read_words("particles-ko.txt");
    const std::vector<std::string> endings = read_words("endings-ko.txt");
    resources_.hangul_stemmer_ = HangulStemmer(particles, endings);
    for (const std::string& word : read_words("stopwords.txt")) add_stop_word(word);
    read_table("kyujitai.tsv", [this](const std::vector<std::string>& row) {
      resources_.kanji_forms_.add(decode_utf8(row[0], 0).code, decode_utf8(row[1], 0).code);
    });
  }

 private:
  // The bytes of a file of the folder, or nothing if it is not there. Its status is the last then.
  std::optional<std::string> read(const std::string& name) {
    const std::filesystem::path path = folder_ / name;
    std::error_code ignored;
    const bool present = std::filesystem::is_regular_file(path, ignored);
    resources_.status_.push_back({name, path.string(), 0, present});
    if (!present) return std::nullopt;
    std::string bytes = read_file(path);
    resources_.fingerprint_ = hash64(std::to_string(resources_.fingerprint_) + name + '\n' + bytes);
    return bytes;
  }

  std::vector<std::string> read_words(const std::string& name) {
    const std::optional<std::string> bytes = read(name);
    if (!bytes) return {};
    std::vector<std::string> words = words_of(*bytes);
    resources_.status_.back().entries = words.size();
    return words;
  }

  // Rows of at least two fields between tabs.
  void read_table(const std::string& name, const std::function<void(const std::vector<std::string>&)>& use) {
    const std::optional<std::string> bytes = read(name);
    if (!bytes) return;
    ResourceStatus& status = resources_.status_.back();
    for_each_line(*bytes, [&](std::string_view line, std::size_t number) {
      const std::vector<std::string> row = split(line, [](char c) { return c == '\t'; });
      if (row.size() < 2) {
        throw Error(ErrorCode::InvalidInput, status.path + ", line " + std::to_string(number) +
                                                 ": expected two fields with a tab between them.");
      }
      use(row);
      ++status.entries;
    });
  }

  void add_stop_word(const std::string& word) {
    const std::string folded = fold(word);
    resources_.stop_words_.insert(folded);
    resources_.stop_words_.insert(latin_stem(folded));
  }

  LanguageResources& resources_;
  std::filesystem::path folder_;
};

std::shared_ptr<const LanguageResources> LanguageResources::load(const std::filesystem::path& folder) {
  auto resources = std::make_shared<LanguageResources>();
  ResourceLoader(*resources, folder).load();
  return resources;
}

bool LanguageResources::is_stop_word(const Token& token) const {
  return stop_words_.contains(token.word) || stop_words_.contains(token.stem);
}

}  // namespace nunmul
