// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/suggestions.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"
#include "index/snapshot.h"
#include "search/plan/word_expansion.h"
#include "search/searcher.h"
#include "text/jamo.h"
#include "text/keyboard.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxBytes = 300;       // of a query that is helped: others are no names and no moods
constexpr std::size_t kMaxCorrections = 3;   // that are asked
constexpr std::size_t kMaxLookedFor = 30;    // words, to see whether they may be seen
constexpr std::size_t kMaxWordsLeftOut = 8;  // that are left out, one after the other

constexpr std::array<std::string_view, 4> kWayNames{"spelling", "otherLayout", "fewerWords",
                                                    "withoutFilters"};

std::vector<std::string_view> words_of(std::string_view q) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < q.size();) {
    const std::size_t end = std::min(q.find(' ', at), q.size());
    if (end > at) words.push_back(q.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

// Without letters that have not become syllables: they look like a slip of the keys, and are one where the
// text was no Korean. Initials stay, since they are a way to ask.
std::string without_stray_letters(std::string_view text) {
  std::string out;
  for (const std::string_view word : words_of(text)) {
    std::string kept(word);
    if (!is_all_initials(word) || count_chars(word) < 2) {
      kept.clear();
      for (const char32_t letter : to_utf32(word))
        if (!is_jamo(letter)) append_utf8(kept, letter);
    }
    if (!kept.empty()) out.append(out.empty() ? "" : " ").append(kept);
  }
  return out;
}

// More than a search forgives by itself, since here it is only offered.
std::uint32_t typos_of(const Token& token) {
  constexpr std::size_t kMinForOne = 3, kMinForTwo = 8;
  const std::size_t letters = typed_length(token);
  if (letters < kMinForOne) return 0;
  return letters < kMinForTwo || is_short_hangul(token) ? 1 : 2;
}

// Whether most keys that were typed show syllables or initials on the other layout, two at least: of an
// English word some few do by accident.
bool is_most_of(std::string_view hangul, std::string_view typed) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::size_t shown = 0, keys = 0;
  for (const char32_t code : to_utf32(hangul)) {
    if (!is_syllable(code) && !is_jamo(code)) continue;
    ++shown;
    keys += key_sequence(to_utf8(std::u32string_view(&code, 1))).size();
  }
  const auto letters = static_cast<std::size_t>(std::count_if(typed.begin(), typed.end(), is_letter));
  return shown >= 2 && 4 * keys >= 3 * letters;
}

// Where words are found and hits show them.
std::vector<std::string> shown_searchable(const Settings& settings) {
  std::vector<std::string> names;
  for (const std::string& displayed : settings.displayed_attributes)
    for (const std::string& searchable : settings.searchable_attributes) {
      if (attribute_matches(displayed, searchable))
        names.push_back(searchable);
      else if (attribute_matches(searchable, displayed))
        names.push_back(displayed);
    }
  return names;
}

bool shows_all_words(const Settings& settings) {
  return std::all_of(
      settings.searchable_attributes.begin(), settings.searchable_attributes.end(),
      [&](const std::string& searchable) {
        return std::any_of(
            settings.displayed_attributes.begin(), settings.displayed_attributes.end(),
            [&](const std::string& displayed) { return attribute_matches(displayed, searchable); });
      });
}

class Suggester {
 public:
  Suggester(const Snapshot& snapshot, const SearchRequest& request, RequestBudget& budget)
      : snapshot_(snapshot),
        q_(request.q),
        hides_words_(!request.token_filter.is_null() || !shows_all_words(snapshot.generation().settings())),
        request_(request),
        budget_(budget) {
    request_.attributes_to_highlight.clear();
    request_.attributes_to_crop.clear();
    request_.facets.reset();
    request_.page.reset();
    request_.hits_per_page.reset();
    request_.offset = 0;
    request_.limit = 1;
  }

  std::vector<QuerySuggestion> run() {
    if (q_.size() <= kMaxBytes) {
      add_correction();
      add_other_layout();
      add_fewer_words();
    }
    if (!request_.filter.is_null() && !request_.filter.empty()) {
      request_.filter = nullptr;
      offer(QuerySuggestion::Way::WithoutFilters, q_);
    }
    return std::move(suggestions_);
  }

 private:
  // Whether it finds something and so is offered.
  bool offer(QuerySuggestion::Way way, const std::string& q) {
    if (way == QuerySuggestion::Way::FewerWords && !says_something(q)) return false;
    request_.q = q;
    const std::uint64_t total = Searcher(snapshot_, budget_).search(request_).total_hits;
    if (total > 0) suggestions_.push_back({way, q, total});
    return total > 0;
  }

  // Whether a word is left that is no "the" and does not only say of which kind all shall be (songs), and
  // whether it ends with none, which would stand for all that begins so.
  bool says_something(const std::string& q) const {
    const Analyzer& analyzer = snapshot_.generation().analyzer();
    const std::vector<Token> tokens = analyzer.tokenize(q);
    if (tokens.empty() || analyzer.resources().is_stop_word(tokens.back())) return false;
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
      return !analyzer.resources().is_stop_word(token) && !is_kind(token);
    });
  }

  bool is_kind(const Token& token) const {
    const auto themes = snapshot_.generation().analyzer().resources().find_concepts({&token, 1});
    return std::any_of(themes.begin(), themes.end(),
                       [](const ConceptMatch& theme) { return theme.id == theme.kind; });
  }

  bool is_known(const Token& token, bool may_go_on) const {
    const Generation& generation = snapshot_.generation();
    return documents_of_word(generation, token.word) > 0 ||
           (may_go_on && !words_with_prefix(generation, token).empty());
  }

  // Whether whoever asks may learn of the word: it stands just so in what hits show of a document that the
  // tenant's token lets through.
  bool may_be_seen(const std::string& word) {
    if (!hides_words_) return true;
    if (looked_for_++ >= kMaxLookedFor) return false;
    SearchRequest exact;
    exact.q = '"' + word + '"';
    exact.matching_strategy = MatchingStrategy::All;
    exact.token_filter = request_.token_filter;
    exact.attributes_to_search_on = shown_searchable(snapshot_.generation().settings());
    exact.limit = 1;
    return !exact.attributes_to_search_on->empty() &&
           Searcher(snapshot_, budget_).search(exact).total_hits > 0;
  }

  std::vector<ExpandedWord> nearest_seen(const Token& token, std::uint32_t typos, bool may_go_on) {
    const std::size_t most = hides_words_ ? 4 * kMaxCorrections : kMaxCorrections;
    std::vector<ExpandedWord> seen;
    for (ExpandedWord& word : words_with_typos(snapshot_.generation(), token, typos, may_go_on, {most}))
      if (seen.size() < kMaxCorrections && may_be_seen(word.word)) seen.push_back(std::move(word));
    return seen;
  }

  // The words nearest to one that no document has, as far as they may be seen; of one that may be unfinished
  // also those that go on.
  std::vector<ExpandedWord> nearest(const Token& token, bool may_go_on) {
    const std::uint32_t typos = typos_of(token);
    if (typos == 0) return {};
    std::vector<ExpandedWord> words = nearest_seen(token, typos, false);
    if (words.empty() && may_go_on && !is_short_hangul(token)) words = nearest_seen(token, typos, true);
    return words;
  }

  void add_correction() {
    const std::vector<Token> tokens = snapshot_.generation().analyzer().tokenize(q_);
    std::vector<std::pair<const Token*, std::vector<ExpandedWord>>> unknown;
    for (const Token& token : tokens) {
      const bool is_last = &token == &tokens.back();
      if (is_known(token, is_last)) continue;
      if (auto words = nearest(token, is_last); !words.empty())
        unknown.emplace_back(&token, std::move(words));
    }
    for (std::size_t choice = 0; !unknown.empty() && choice < kMaxCorrections; ++choice) {
      std::string q = q_;
      for (auto at = unknown.rbegin(); at != unknown.rend(); ++at) {
        const auto& [token, words] = *at;
        q.replace(token->begin, token->end - token->begin, words[std::min(choice, words.size() - 1)].word);
      }
      if (offer(QuerySuggestion::Way::Correction, q)) return;
    }
  }

  void add_other_layout() {
    std::string hangul = without_stray_letters(as_if_hangul(q_).text);
    if (!is_most_of(hangul, q_)) hangul.clear();
    for (const std::string& other : {hangul, joined(words_of(as_if_latin(q_).text))})
      if (!other.empty() && other != q_ && offer(QuerySuggestion::Way::OtherLayout, other)) return;
  }

  // Without one word, the last ones first; else as many from the front as find something.
  void add_fewer_words() {
    const std::vector<std::string_view> words = words_of(q_);
    if (words.size() < 2) return;
    for (std::size_t left_out = words.size();
         left_out-- > 0 && words.size() - left_out <= kMaxWordsLeftOut;) {
      std::vector<std::string_view> others = words;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
      if (offer(QuerySuggestion::Way::FewerWords, joined(others))) return;
    }
    for (std::size_t count = std::min(words.size() - 1, kMaxWordsLeftOut); count-- > 1;)
      if (offer(QuerySuggestion::Way::FewerWords,
                joined({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count)})))
        return;
  }

  const Snapshot& snapshot_;
  const std::string q_;
  const bool hides_words_;      // some of the index's words are not for whoever asks
  std::size_t looked_for_ = 0;  // words among what may be seen
  SearchRequest request_;
  RequestBudget& budget_;
  std::vector<QuerySuggestion> suggestions_;
};

}  // namespace

std::string_view name_of(QuerySuggestion::Way way) { return kWayNames[static_cast<std::size_t>(way)]; }

std::vector<QuerySuggestion> suggest_queries(const Snapshot& snapshot, const SearchRequest& request,
                                             RequestBudget& budget) {
  return Suggester(snapshot, request, budget).run();
}

}  // namespace nunmul
