// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/query_text.h"

#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"
#include "text/han.h"
#include "text/japanese.h"
#include "text/language_resources.h"
#include "text/segment.h"

namespace nunmul {
namespace {

struct Piece {
  std::string_view text;
  bool quoted = false;
  bool excluded = false;
  bool open_end = false;  // nothing follows it in the query
};

// The operators as keyboards of all languages type them.
constexpr std::u32string_view kSpaces =
    U" \t\n\r\f\v\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B"
    U"\u2028\u2029\u202F\u205F\u3000\uFEFF";
constexpr std::u32string_view kMinuses = U"-－–−‐‑﹣";

// Any of `open` begins what the next of `close` ends.
struct Quotes {
  std::u32string_view open, close;
};
constexpr Quotes kQuotes[] = {{U"\"＂“”„‟〝〞«»", U"\"＂“”„‟〝〞〟«»"}, {U"「｢", U"」｣"}, {U"『", U"』"}};

bool is_one_of(std::u32string_view set, char32_t code) { return set.find(code) != std::u32string_view::npos; }

const Quotes* quotes_opened_by(char32_t code) {
  const auto row = std::find_if(std::begin(kQuotes), std::end(kQuotes),
                                [&](const Quotes& quotes) { return is_one_of(quotes.open, code); });
  return row == std::end(kQuotes) ? nullptr : row;
}

// Cuts the query at quotes, and words behind a minus off.
class Cutter {
 public:
  explicit Cutter(std::string_view q) : q_(q) {}

  std::vector<Piece> pieces() {
    bool at_word_start = true;
    while (at_ < q_.size()) {
      const DecodedChar here = decode_utf8(q_, at_);
      const DecodedChar next = decode_utf8(q_, at_ + here.length);
      const bool minus = at_word_start && is_one_of(kMinuses, here.code) && next.length > 0 &&
                         !is_one_of(kSpaces, next.code);
      const std::size_t start = minus ? at_ + here.length : at_;
      const Quotes* quotes = quotes_opened_by(minus ? next.code : here.code);
      if (quotes)
        take_quoted(start, *quotes, minus);
      else if (minus)
        take_excluded(start);
      else
        at_ = start + here.length;
      at_word_start = !quotes && !minus && is_one_of(kSpaces, here.code);
    }
    end_plain(q_.size());
    return std::move(pieces_);
  }

 private:
  void end_plain(std::size_t end) {
    if (end > plain_) pieces_.push_back({q_.substr(plain_, end - plain_), false, false, end == q_.size()});
  }

  // From `start` on to where one of these characters stands.
  template <typename Ends>
  std::size_t end_of(std::size_t start, Ends&& ends) const {
    DecodedChar c = decode_utf8(q_, start);
    while (c.length > 0 && !ends(c.code)) c = decode_utf8(q_, start += c.length);
    return start;
  }

  void take_quoted(std::size_t start, const Quotes& quotes, bool minus) {
    end_plain(at_);
    start += decode_utf8(q_, start).length;
    const std::size_t close = end_of(start, [&](char32_t c) { return is_one_of(quotes.close, c); });
    pieces_.push_back({q_.substr(start, close - start), true, minus, false});
    at_ = plain_ = close + decode_utf8(q_, close).length;
  }

  void take_excluded(std::size_t start) {
    end_plain(at_);
    at_ = plain_ = end_of(start, [](char32_t c) { return is_one_of(kSpaces, c) || quotes_opened_by(c); });
    pieces_.push_back({q_.substr(start, at_ - start), false, true, false});
  }

  std::string_view q_;
  std::size_t at_ = 0, plain_ = 0;  // plain text begins at plain_
  std::vector<Piece> pieces_;
};

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

// Which units belong to a phrase that is known as a whole.
std::vector<bool> units_of_phrases(const std::vector<QueryUnit>& units,
                                   const std::vector<std::vector<Token>>* phrases) {
  std::vector<bool> belong(units.size());
  if (!phrases) return belong;
  for (const std::vector<Token>& phrase : *phrases)
    for (std::size_t first = 0; first < units.size() && !phrase.empty(); ++first)
      std::fill_n(belong.begin() + static_cast<std::ptrdiff_t>(first), units_saying(units, phrase, first),
                  true);
  return belong;
}

void drop_grammar(std::vector<QueryUnit>& units, const QueryTextOptions& options) {
  const std::vector<bool> known = units_of_phrases(units, options.kept_phrases);
  std::vector<QueryUnit> kept;
  for (std::size_t u = 0; u < units.size(); ++u)
    if (known[u] || !units[u].grammar) kept.push_back(units[u]);
  if (!kept.empty()) units = std::move(kept);
}

// One of several Han characters alone (哪里) does not go on.
bool is_chinese_word(std::string_view word) {
  const std::u32string letters = to_utf32(word);
  return letters.size() > 1 && std::all_of(letters.begin(), letters.end(), is_kanji);
}

void drop_stop_words(QueryText& query, const StopWords& stop_words, const QueryTextOptions& options) {
  std::vector<QueryUnit>& units = query.units;
  const std::vector<bool> kept = units_of_phrases(units, options.kept_phrases);
  // What may still be typed on is no stop word yet, unless all else is gone too.
  const auto stops = [&](const QueryUnit& unit) {
    if (unit.quoted || kept[static_cast<std::size_t>(&unit - units.data())]) return false;
    const bool goes_on = unit.prefix && !is_chinese_word(unit.tokens[0].word);
    return goes_on ? stop_words.is_request(unit.tokens[0]) : stop_words.contains(unit.tokens[0]);
  };
  const bool other_left = std::any_of(units.begin(), units.end(), [&](const QueryUnit& unit) {
    return unit.quoted || !stop_words.contains(unit.tokens[0]);
  });
  if (!other_left) return;
  std::vector<QueryUnit> left;
  for (QueryUnit& unit : units) {
    if (!stops(unit))
      left.push_back(unit);
    else if (stop_words.is_own(unit.tokens[0]))
      query.stops.push_back(unit);
  }
  units = std::move(left);
}

std::string letters_of(const std::vector<Token>& tokens) {
  std::string letters;
  for (const Token& token : tokens) letters += token.word + " ";
  return letters;
}

// Symbols are words only where nothing else was typed, and a minus alone is on its way to an exclusion.
void add_symbols(QueryText& query, const std::string& symbols, const Analyzer& analyzer, bool prefix) {
  const auto is_minus = [](const Token& token) {
    const std::u32string word = to_utf32(token.word);
    return std::all_of(word.begin(), word.end(), [](char32_t c) { return is_one_of(kMinuses, c); });
  };
  std::vector<Token> tokens = analyzer.tokenize(symbols);
  if (std::all_of(tokens.begin(), tokens.end(), is_minus)) return;
  query.words = symbols;
  for (std::uint32_t t = 0; t < tokens.size(); ++t)
    query.units.push_back({{std::move(tokens[t])}, false, prefix && t + 1 == tokens.size(), t, t});
  query.words_in_all = static_cast<std::uint32_t>(tokens.size());
}

}  // namespace

bool QueryText::left_words_out() const {
  std::size_t left = 0;
  for (const QueryUnit& unit : units) left += unit.tokens.size();
  return left < words_in_all;
}

bool QueryText::left_ends_out() const {
  if (units.empty()) return words_in_all > 0;
  const QueryUnit& last = units.back();
  return units.front().place > 0 || last.place + last.tokens.size() < words_in_all;
}

std::string_view read_part(std::string_view q) {
  constexpr std::size_t kMaxBytes = 4'096;
  return utf8_prefix(q, kMaxBytes);
}

std::pair<std::uint32_t, std::uint32_t> QueryText::units_of(std::size_t first, std::size_t count) const {
  std::uint32_t begin = 0, end = 0;
  for (std::uint32_t u = 0; u < units.size(); ++u) {
    if (units[u].quoted || units[u].number + units[u].count <= first || units[u].number >= first + count)
      continue;
    if (end == 0) begin = u;
    end = u + 1;
  }
  return {begin, end - begin};
}

QueryText read_query(std::string_view q, const Analyzer& analyzer, const QueryTextOptions& options) {
  QueryText query;
  std::size_t words = 0;
  std::uint32_t number = 0, place = 0;
  std::string symbols;
  std::unordered_set<std::string> excluded;
  for (Piece piece : Cutter(read_part(q)).pieces()) {
    if (piece.open_end && !piece.excluded && options.prefix_search) {
      UnfinishedKana unfinished = unfinished_kana(piece.text);
      piece.text.remove_suffix(unfinished.bytes);
      query.unfinished_kana = std::move(unfinished.consonants);
    }
    std::vector<Token> tokens = analyzer.tokenize(piece.text);
    if (tokens.empty()) continue;
    if (piece.excluded) {
      if (excluded.insert(letters_of(tokens)).second)
        query.excluded.push_back({.tokens = std::move(tokens), .quoted = piece.quoted});
      continue;
    }
    if (piece.quoted) {
      if (words >= options.max_words) break;
      if (tokens.size() > kMaxPhraseWords) tokens.resize(kMaxPhraseWords);
      words += tokens.size();
      query.units.push_back({.tokens = std::move(tokens), .quoted = true, .place = place});
      place = static_cast<std::uint32_t>(words);
      continue;
    }
    if (is_symbols(tokens[0].word)) {
      symbols.append(piece.text);
      continue;
    }
    if (words >= options.max_words) continue;
    const std::size_t counted = std::min(tokens.size(), options.max_words - words);
    query.words.append(query.words.empty() ? "" : " ")
        .append(piece.text.substr(0, counted < tokens.size() ? tokens[counted - 1].end : piece.text.size()));
    const bool open = counted == tokens.size() && piece.open_end && tokens.back().end == piece.text.size();
    const auto all = static_cast<std::uint32_t>(tokens.size());
    tokens.resize(counted);
    for (QueryUnit& unit : units_of_tokens(analyzer.resources().kana_reader(), tokens)) {
      unit.prefix = open && options.prefix_search && unit.number + unit.count == counted;
      unit.place = place + unit.number;
      unit.number += number;
      query.units.push_back(std::move(unit));
    }
    words += counted;
    place += static_cast<std::uint32_t>(counted);
    number += all;
  }
  if (query.units.empty() && query.excluded.empty())
    add_symbols(query, symbols, analyzer, options.prefix_search);
  drop_grammar(query.units, options);
  drop_stop_words(query, StopWords(analyzer, options), options);
  query.words_in_all = std::max(query.words_in_all, place);
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
