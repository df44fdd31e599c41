// SPDX-License-Identifier: GPL-2.0-or-later
#include "corpus.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <map>

#include "base/json.h"
#include "base/utf8.h"

namespace nunmul::bench {
namespace {

std::vector<Entry> package_list() {
  std::vector<Entry> entries;
  if (FILE* pipe = popen("apt-cache dumpavail 2>/dev/null", "r")) {
    char line[4096];
    Entry entry;
    while (std::fgets(line, sizeof line, pipe)) {
      std::string text(line);
      while (!text.empty() && text.back() == '\n') text.pop_back();
      if (text.starts_with("Package: ")) entry = {text.substr(9), "", ""};
      if (text.starts_with("Description: ")) entry.description = text.substr(13);
      if (!text.starts_with("Section: ")) continue;
      entry.section = text.substr(9);
      entries.push_back(entry);
    }
    pclose(pipe);
  }
  if (entries.empty())
    entries = {{"nunmul", "web", "full-text search server for Korean and Japanese"},
               {"xapian-core", "libs", "search engine library"},
               {"sqlite3", "database", "command line interface for a database"}};
  return entries;
}

std::vector<std::string> sentences_of(const std::filesystem::path& file) {
  std::vector<std::string> sentences;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const std::string text = parse_json(line).at("text").get<std::string>();
    std::string sentence;
    for (std::size_t at = 0; at < text.size();) {
      const DecodedChar c = decode_utf8(text, at);
      sentence.append(text, at, c.length);
      at += c.length;
      if (c.code != U'.' && c.code != U'。' && c.code != U'!' && c.code != U'?') continue;
      if (sentence.size() > 20) sentences.push_back(std::exchange(sentence, ""));
    }
    if (sentence.size() > 20) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

enum class Run { None, Alphabet, Hangul, Hiragana, Katakana, Han };

Run run_of(char32_t c) {
  if (c < 0x80) return std::isalnum(static_cast<int>(c)) ? Run::Alphabet : Run::None;
  if (c >= 0xAC00 && c <= 0xD7A3) return Run::Hangul;
  if (c >= 0x3041 && c <= 0x309F) return Run::Hiragana;
  if (c >= 0x30A1 && c <= 0x30FE) return Run::Katakana;
  if (c >= 0x4E00 && c <= 0x9FFF) return Run::Han;
  return c >= 0xC0 && c < 0x2000 ? Run::Alphabet : Run::None;
}

template <typename T>
const T& one_of(const std::vector<T>& values, std::mt19937& random) {
  return values[random() % values.size()];
}

std::string with_typo(std::string word, std::mt19937& random) {
  word[1 + random() % (word.size() - 2)] = static_cast<char>('a' + random() % 26);
  return word;
}

class QueryMaker {
 public:
  QueryMaker(const std::vector<Entry>& entries, std::mt19937& random) : entries_(entries), random_(random) {
    std::map<std::string, std::size_t> counts;
    const std::size_t step = std::max<std::size_t>(1, entries.size() / 20'000);
    for (std::size_t e = 0; e < entries.size(); e += step)
      for (const std::string& word : words_of(entries[e].description)) ++counts[word];
    std::vector<std::pair<std::size_t, std::string>> by_count;
    for (const auto& [word, count] : counts) {
      if (word.size() > 3) by_count.emplace_back(count, word);
      if (count == 1 && word.size() > 3) rare_.push_back(word);
    }
    std::sort(by_count.rbegin(), by_count.rend());
    for (const auto& [count, word] : by_count)
      if (common_.size() < 100) common_.push_back(word);
    if (rare_.empty()) rare_ = common_;
  }

  void add(std::vector<QueryKind>& kinds) {
    const Entry& entry = one_of(entries_, random_);
    const std::vector<std::string> words = words_of(entry.description);
    if (words.size() < 3) return;
    const std::string& word = one_of(words, random_);
    const std::size_t at = random_() % (words.size() - 1);
    const auto put = [&](std::string_view kind, std::string text, Also also = Also::Nothing) {
      const auto known =
          std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.name == kind; });
      QueryKind& of = known == kinds.end() ? kinds.emplace_back(QueryKind{std::string(kind), {}}) : *known;
      of.queries.push_back({std::move(text), also, also == Also::Filter ? entry.section : ""});
    };
    put("one word", word + " ");
    put("three words", word + " " + one_of(words, random_) + " " + one_of(words, random_) + " ");
    put("three common",
        one_of(common_, random_) + " " + one_of(common_, random_) + " " + one_of(common_, random_) + " ");
    put("rare, common", one_of(rare_, random_) + " " + one_of(common_, random_) + " ");
    put("phrase", "\"" + words[at] + " " + words[at + 1] + "\"");
    const std::size_t letters = std::min<std::size_t>(5, count_chars(word));
    for (std::size_t typed = 1; typed <= letters; ++typed)
      put("prefix " + std::to_string(typed), word.substr(0, bytes_of_chars(word, typed)));
    const std::string& next = words[at + 1];
    put("word, prefix", words[at] + " " + next.substr(0, bytes_of_chars(next, 1 + random_() % 3)));
    if (word.size() >= 6 && run_of(decode_utf8(word, 0).code) == Run::Alphabet && word[0] > 0)
      put("typo", with_typo(word, random_) + " ");
    put("title", entry.title);
    put("filter", word + " ", Also::Filter);
    put("facets", word + " ", Also::Facets);
  }

 private:
  const std::vector<Entry>& entries_;
  std::mt19937& random_;
  std::vector<std::string> common_, rare_;
};

// How a search box is used, in parts of a hundred.
QueryKind mix_of(const std::vector<QueryKind>& kinds, std::size_t count, std::mt19937& random) {
  constexpr std::pair<std::string_view, int> kShares[] = {
      {"prefix 1", 5},      {"prefix 2", 7},  {"prefix 3", 7},     {"prefix 4", 6},     {"prefix 5", 5},
      {"word, prefix", 10}, {"one word", 12}, {"three words", 10}, {"three common", 4}, {"rare, common", 4},
      {"phrase", 6},        {"typo", 4},      {"title", 6},        {"filter", 7},       {"facets", 7}};
  QueryKind mix{"mix", {}};
  for (const auto& [name, share] : kShares)
    for (const QueryKind& kind : kinds)
      for (std::size_t i = 0; kind.name == name && i < count * static_cast<std::size_t>(share) / 50; ++i)
        mix.queries.push_back(kind.queries[i % kind.queries.size()]);
  std::shuffle(mix.queries.begin(), mix.queries.end(), random);
  return mix;
}

}  // namespace

std::vector<Entry> package_entries(std::size_t size, std::mt19937& random) {
  std::vector<Entry> entries = package_list();
  const std::size_t known = entries.size();
  while (entries.size() < size) {
    const Entry a = entries[random() % known];
    const Entry b = entries[random() % known];
    entries.push_back({a.title + "-" + std::to_string(entries.size() % 997), b.section, b.description});
  }
  std::shuffle(entries.begin(), entries.end(), random);
  entries.resize(size);
  return entries;
}

std::vector<Entry> prose_entries(const std::filesystem::path& file, std::size_t size, TextSize bytes,
                                 std::mt19937& random) {
  const std::vector<std::string> sentences = sentences_of(file);
  std::vector<Entry> entries;
  while (entries.size() < size && !sentences.empty()) {
    const std::string& title = one_of(sentences, random);
    Entry entry{title.substr(0, bytes_of_chars(title, 12)), "part " + std::to_string(random() % 40), ""};
    const std::size_t wanted = bytes.least + random() % (bytes.most - bytes.least + 1);
    while (entry.description.size() < wanted) entry.description += one_of(sentences, random) + " ";
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  Run run = Run::None;
  for (std::size_t at = 0; at <= text.size();) {
    const DecodedChar c = decode_utf8(text, at);
    const Run here = c.length == 0 ? Run::None : run_of(c.code);
    if (here != run && !word.empty()) words.push_back(std::exchange(word, ""));
    run = here;
    if (here != Run::None && c.code < 0x80)
      word += static_cast<char>(std::tolower(static_cast<int>(c.code)));
    else if (here != Run::None)
      word.append(text.substr(at, c.length));
    at += std::max<std::size_t>(1, c.length);
  }
  // Hiragana between others are particles and endings.
  std::erase_if(words,
                [](const std::string& one) { return run_of(decode_utf8(one, 0).code) == Run::Hiragana; });
  return words;
}

std::vector<QueryKind> make_queries(const std::vector<Entry>& entries, std::size_t count,
                                    std::mt19937& random) {
  std::vector<QueryKind> kinds;
  QueryMaker maker(entries, random);
  for (std::size_t i = 0; i < count; ++i) maker.add(kinds);
  kinds.push_back(mix_of(kinds, count, random));
  return kinds;
}

}  // namespace nunmul::bench
