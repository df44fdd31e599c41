// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/query_text.h"

#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"
#include "text/japanese.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

struct Piece {
  std::string_view text;
  bool quoted = false;
  bool excluded = false;
  bool open_end = false;  // nothing follows it in the query
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Cuts the query at quotes, and words behind a minus off.
std::vector<Piece> cut(std::string_view q) {
  std::vector<Piece> pieces;
  std::size_t at = 0, plain = 0;
  const auto end_plain = [&](std::size_t end) {
    if (end > plain) pieces.push_back({q.substr(plain, end - plain), false, false, end == q.size()});
  };
  while (at < q.size()) {
    const bool at_word_start = at == 0 || is_space(q[at - 1]);
    const bool minus = q[at] == '-' && at_word_start && at + 1 < q.size() && !is_space(q[at + 1]);
    const std::size_t start = minus ? at + 1 : at;
    if (start < q.size() && q[start] == '"') {
      end_plain(at);
      const std::size_t close = std::min(q.find('"', start + 1), q.size());
      pieces.push_back({q.substr(start + 1, close - start - 1), true, minus, false});
      at = plain = std::min(close + 1, q.size());
    } else if (minus) {
      end_plain(at);
      std::size_t end = start;
      while (end < q.size() && !is_space(q[end]) && q[end] != '"') ++end;
      pieces.push_back({q.substr(start, end - start), false, true, false});
      at = plain = end;
    } else {
      ++at;
    }
  }
  end_plain(q.size());
  return pieces;
}

// The consonants at the end of the text, narrow or wide, with which the next syllable behind hiragana
// begins. They are the last key of somebody who types with an input method, and no word.
struct UnfinishedKana {
  std::string consonants;
  std::size_t bytes = 0;  // of the text
};

UnfinishedKana unfinished_kana(std::string_view text) {
  constexpr std::size_t kMaxLetters = 3, kMaxBytes = 3 * (kMaxLetters + 1);
  constexpr char32_t kWide = U'ａ' - U'a';
  const std::size_t skipped = text.size() - std::min(text.size(), kMaxBytes);
  const std::u32string end = to_utf32(text.substr(skipped));
  UnfinishedKana found;
  for (std::size_t at = end.size(); at-- > 0;) {
    const char32_t letter = end[at] >= U'ａ' && end[at] <= U'ｚ' ? end[at] - kWide : end[at];
    if (is_hiragana(end[at]) && !kana_begun_by(found.consonants).empty()) return found;
    if (letter < U'a' || letter > U'z' || found.consonants.size() == kMaxLetters) break;
    found.consonants.insert(found.consonants.begin(), static_cast<char>(letter));
    found.bytes += letter == end[at] ? 1 : 3;
  }
  return {};
}

class StopWords {
 public:
  StopWords(const Analyzer& analyzer, const QueryTextOptions& options)
      : analyzer_(analyzer), common_(options.drop_common) {
    if (!options.stop_words) return;
    for (const std::string& word : *options.stop_words)
      for (const Token& token : analyzer.tokenize(word)) own_.insert(token.word);
  }
  bool contains(const Token& token) const {
    return is_own(token) || (common_ && analyzer_.resources().is_stop_word(token));
  }
  bool is_own(const Token& token) const { return own_.contains(token.word); }
  bool is_request(const Token& token) const {
    return common_ && analyzer_.resources().is_request_word(token);
  }

 private:
  const Analyzer& analyzer_;
  bool common_;
  std::unordered_set<std::string> own_;
};

// One or two hiragana inside a longer run are grammar (の, から), and no terms of an index.
void drop_inner_kana(std::vector<QueryUnit>& units) {
  const auto is_grammar = [&](std::size_t u) {
    const QueryUnit& unit = units[u];
    if (unit.quoted || unit.tokens[0].script != Script::Han || count_chars(unit.tokens[0].word) > 2)
      return false;
    const bool hiragana = [&] {
      for (const char32_t c : to_utf32(unit.tokens[0].word))
        if (!is_hiragana(c)) return false;
      return true;
    }();
    const bool joined = !unit.tokens[0].separated ||
                        (u + 1 < units.size() && !units[u + 1].quoted && !units[u + 1].tokens[0].separated);
    return hiragana && joined;
  };
  std::vector<QueryUnit> kept;
  for (std::size_t u = 0; u < units.size(); ++u)
    if (!is_grammar(u)) kept.push_back(units[u]);
  if (!kept.empty()) units = std::move(kept);
}

void drop_stop_words(QueryText& query, const StopWords& stop_words) {
  std::vector<QueryUnit>& units = query.units;
  // What may still be typed on is no stop word yet, unless all else is gone too.
  const auto stops = [&](const QueryUnit& unit) {
    if (unit.quoted) return false;
    return unit.prefix ? stop_words.is_request(unit.tokens[0]) : stop_words.contains(unit.tokens[0]);
  };
  const bool other_left = std::any_of(units.begin(), units.end(), [&](const QueryUnit& unit) {
    return unit.quoted || !stop_words.contains(unit.tokens[0]);
  });
  if (!other_left) return;
  for (const QueryUnit& unit : units)
    if (stops(unit) && stop_words.is_own(unit.tokens[0])) query.stops.push_back(unit);
  std::erase_if(units, stops);
}

}  // namespace

std::string_view read_part(std::string_view q) {
  constexpr std::size_t kMaxBytes = 4'096;
  return utf8_prefix(q, kMaxBytes);
}

std::pair<std::uint32_t, std::uint32_t> QueryText::units_of(std::size_t first, std::size_t count) const {
  std::uint32_t begin = 0, end = 0;
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    if (units[u].quoted || units[u].number < first || units[u].number >= first + count) continue;
    if (end == 0) begin = u;
    end = u + 1;
  }
  return {begin, end - begin};
}

QueryText read_query(std::string_view q, const Analyzer& analyzer, const QueryTextOptions& options) {
  QueryText query;
  std::size_t words = 0;
  std::uint32_t number = 0, place = 0;
  for (Piece piece : cut(read_part(q))) {
    if (piece.open_end && !piece.excluded && options.prefix_search) {
      UnfinishedKana unfinished = unfinished_kana(piece.text);
      piece.text.remove_suffix(unfinished.bytes);
      query.unfinished_kana = std::move(unfinished.consonants);
    }
    std::vector<Token> tokens = analyzer.tokenize(piece.text);
    if (tokens.empty()) continue;
    if (piece.excluded) {
      query.excluded.push_back({std::move(tokens), true, false});
      continue;
    }
    if (piece.quoted) {
      words += tokens.size();
      if (words > options.max_words) break;
      query.units.push_back({std::move(tokens), true, false, 0, place});
      place = static_cast<std::uint32_t>(words);
      continue;
    }
    if (words >= options.max_words) continue;
    const std::size_t counted = std::min(tokens.size(), options.max_words - words);
    query.words.append(query.words.empty() ? "" : " ")
        .append(piece.text.substr(0, counted < tokens.size() ? tokens[counted - 1].end : piece.text.size()));
    for (std::size_t i = 0; i < counted; ++i, ++words) {
      const bool last = i + 1 == tokens.size() && piece.open_end && tokens[i].end == piece.text.size();
      query.units.push_back({{std::move(tokens[i])},
                             false,
                             last && options.prefix_search,
                             number + static_cast<std::uint32_t>(i),
                             place++});
    }
    number += static_cast<std::uint32_t>(tokens.size());
  }
  drop_inner_kana(query.units);
  drop_stop_words(query, StopWords(analyzer, options));
  query.words_in_all = place;
  return query;
}

std::uint32_t units_saying(const std::vector<QueryUnit>& units, const std::vector<Token>& words,
                           std::size_t first) {
  constexpr std::size_t kMaxTogether = 3;
  std::string wanted, typed;
  for (const Token& token : words) wanted += token.word;
  bool same_words = true;
  for (std::size_t u = first; u < units.size() && !units[u].quoted; ++u) {
    const std::size_t count = u - first + 1;
    const std::string& word = units[u].tokens[0].word;
    typed += word;
    same_words = same_words && count <= words.size() && word == words[count - 1].word;
    if (typed.size() < wanted.size()) continue;
    const bool together = std::min(count, words.size()) == 1 && std::max(count, words.size()) <= kMaxTogether;
    return typed == wanted && (same_words || together) ? static_cast<std::uint32_t>(count) : 0;
  }
  return 0;
}

}  // namespace nunmul
