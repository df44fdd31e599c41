// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/curate/curated.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "index/curation.h"
#include "search/columns/filter.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

using Words = std::vector<std::string>;

Words words_of(const std::vector<Token>& tokens) {
  Words words;
  for (const Token& token : tokens) words.push_back(token.word);
  return words;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) (text += word) += ' ';
  return text;
}

// The rules by what a query must have for them, so that a search looks at few of them.
class CurationTable {
 public:
  // Refers to both.
  CurationTable(const Generation& generation, const Curation& curation)
      : settings_(generation.settings()), rules_(curation.rules) {
    for (std::uint32_t i = 0; i < rules_.size(); ++i) add(generation.analyzer(), rules_[i], i);
  }

  // The places of the rules that fit the request, in their order.
  std::set<std::uint32_t> find(const Generation& generation, const SearchRequest& request, Time time) const {
    std::set<std::uint32_t> found;
    const auto take = [&](std::uint32_t rule) {
      if (fits(rule, request, time)) found.insert(rule);
    };
    const std::vector<Token> tokens = generation.analyzer().tokenize(request.q);
    const Words words = words_of(tokens);
    take_all(by_query_, joined(words), take);
    for (std::size_t w = 0; w < words.size(); ++w)
      if (const auto at = by_first_word_.find(words[w]); at != by_first_word_.end())
        for (const auto& [phrase, rule] : at->second)
          if (phrase.size() <= words.size() - w &&
              std::equal(phrase.begin(), phrase.end(), words.begin() + static_cast<std::ptrdiff_t>(w)))
            take(rule);
    if (!by_theme_.empty())
      for (const ConceptMatch& match : generation.analyzer().resources().find_concepts(tokens))
        take_all(by_theme_, std::string(match.id), take);
    for (const std::uint32_t rule : always_) take(rule);
    return found;
  }

 private:
  using Rules = std::unordered_map<std::string, std::vector<std::uint32_t>>;

  template <typename Take>
  static void take_all(const Rules& table, const std::string& key, const Take& take) {
    if (const auto at = table.find(key); at != table.end())
      for (const std::uint32_t rule : at->second) take(rule);
  }

  void add(const Analyzer& analyzer, const CurationRule& rule, std::uint32_t place) {
    filters_.push_back(conditions_of(rule.filter));
    const std::vector<Token> tokens = analyzer.tokenize(rule.text);
    Words words = words_of(tokens);
    switch (rule.by) {
      case CurationRule::Query::Any:
        always_.push_back(place);
        break;
      case CurationRule::Query::Is:
        by_query_[joined(words)].push_back(place);
        break;
      case CurationRule::Query::Contains:
        if (!words.empty()) by_first_word_[words.front()].emplace_back(words, place);
        break;
      case CurationRule::Query::Theme:
        by_theme_[rule.text].push_back(place);
        for (const ConceptMatch& match : analyzer.resources().find_concepts(tokens))
          if (match.id != rule.text) by_theme_[std::string(match.id)].push_back(place);
    }
  }

  // The parts of a filter that must all hold, each in its canonical form; none for a filter that is not
  // allowed.
  std::vector<std::string> conditions_of(const Json& filter) const {
    if (filter.is_null()) return {};
    try {
      Filter read = parse_filter(filter, settings_, ErrorCode::InvalidSearchFilter);
      if (read.kind != Filter::Kind::And) return {read.canonical()};
      std::vector<std::string> parts;
      for (const Filter& part : read.parts) {
        const bool is_one = part.kind == Filter::Kind::Or && part.parts.size() == 1;  // written as [["a"]]
        parts.push_back((is_one ? part.parts.front() : part).canonical());
      }
      return parts;
    } catch (const Error&) {
      return {};
    }
  }

  bool fits(std::uint32_t place, const SearchRequest& request, Time time) const {
    const CurationRule& rule = rules_[place];
    if ((rule.from && time < *rule.from) || (rule.until && time >= *rule.until)) return false;
    if (rule.filter.is_null()) return true;
    const std::vector<std::string> has = conditions_of(request.filter);
    const std::vector<std::string>& needs = filters_[place];
    return !needs.empty() && std::all_of(needs.begin(), needs.end(), [&](const std::string& part) {
      return std::find(has.begin(), has.end(), part) != has.end();
    });
  }

  const Settings& settings_;
  const std::vector<CurationRule>& rules_;
  std::vector<std::vector<std::string>> filters_;  // of each rule
  Rules by_query_, by_theme_;
  std::unordered_map<std::string, std::vector<std::pair<Words, std::uint32_t>>> by_first_word_;
  std::vector<std::uint32_t> always_;
};

std::shared_ptr<const DocumentSets> documents_of(const Json& filter, const Generation& generation,
                                                 RequestBudget& budget) {
  try {
    const Filter read = parse_filter(filter, generation.settings(), ErrorCode::InvalidSearchFilter);
    return generation.cached<DocumentSets>("filter " + read.canonical(),
                                           [&] { return fitting_documents(read, generation, budget); });
  } catch (const Error& error) {
    if (error.code() != ErrorCode::InvalidSearchFilter) throw;
    return nullptr;
  }
}

// Pins and hidden documents of the rule that are there.
void add_documents(Curated& curated, const CurationRule& rule, const Generation& generation) {
  for (const CurationRule::Pin& pin : rule.pins) {
    const auto document = generation.find(pin.id);
    const bool is_new =
        document && std::none_of(curated.pins.begin(), curated.pins.end(),
                                 [&](const Curated::Pin& other) { return other.document == *document; });
    if (is_new) curated.pins.push_back({pin.place, *document});
  }
  for (const std::string& id : rule.hidden)
    if (const auto document = generation.find(id)) curated.hidden.push_back(*document);
}

}  // namespace

Curated curate(const Generation& generation, const SearchRequest& request, RequestBudget& budget) {
  Curated curated;
  const auto& own = generation.settings().curation;
  const auto& curation = request.rules ? request.rules : own;
  if (!curation) return curated;
  const auto make_table = [&] { return CurationTable(generation, *curation); };
  const auto places =
      request.rules ? make_table().find(generation, request, now())
                    : generation.cached<CurationTable>("", make_table)->find(generation, request, now());
  for (const std::uint32_t place : places) {
    const CurationRule& rule = curation->rules[place];
    curated.rules.push_back(rule.name);
    add_documents(curated, rule, generation);
    for (const CurationRule::Boost& boost : rule.boosts)
      if (auto documents = documents_of(boost.filter, generation, budget))
        curated.boosts.push_back({std::move(documents), boost.weight});
    if (curated.redirect.empty()) curated.redirect = rule.redirect;
  }
  std::stable_sort(curated.pins.begin(), curated.pins.end(),
                   [](const Curated::Pin& a, const Curated::Pin& b) { return a.place < b.place; });
  return curated;
}

std::vector<std::string> curation_warnings(const Settings& settings, const Generation* generation) {
  std::vector<std::string> warnings;
  if (!settings.curation) return warnings;
  for (const CurationRule& rule : settings.curation->rules) {
    try {
      parse_filter(rule.filter, settings, ErrorCode::InvalidSettingsNunmul);
      for (const CurationRule::Boost& boost : rule.boosts)
        parse_filter(boost.filter, settings, ErrorCode::InvalidSettingsNunmul);
    } catch (const Error& error) {
      throw Error(error.code(), "rule `" + rule.name + "`: " + error.what());
    }
    const auto look_for = [&](const std::string& id) {
      if (!generation || !generation->find(id))
        warnings.push_back("rule `" + rule.name + "`: document `" + id + "` is not in the index yet");
    };
    for (const CurationRule::Pin& pin : rule.pins) look_for(pin.id);
    for (const std::string& id : rule.hidden) look_for(id);
  }
  return warnings;
}

}  // namespace nunmul
