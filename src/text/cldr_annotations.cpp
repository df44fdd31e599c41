// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/cldr_annotations.h"

#include <algorithm>
#include <map>

namespace nunmul {
namespace {

using Symbols = std::vector<std::string>;

// The share of symbols that both of two keywords have (a symbol counts twice if both have it).
constexpr double kLeastShared = 0.5;
constexpr std::size_t kLeastSymbols = 2;

std::string without_entities(std::string_view text) {
  constexpr std::pair<std::string_view, char> kEntities[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    const auto* entity = std::find_if(std::begin(kEntities), std::end(kEntities),
                                      [&](const auto& row) { return text.starts_with(row.first); });
    const bool found = entity != std::end(kEntities);
    out.push_back(found ? entity->second : text.front());
    text.remove_prefix(found ? entity->first.size() : 1);
  }
  return out;
}

std::vector<std::string> keywords_of(std::string_view list) {
  std::vector<std::string> keywords;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('|'), list.size());
    std::string_view keyword = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    while (keyword.starts_with(' ')) keyword.remove_prefix(1);
    while (keyword.ends_with(' ')) keyword.remove_suffix(1);
    if (!keyword.empty()) keywords.push_back(without_entities(keyword));
  }
  return keywords;
}

std::map<std::string, Symbols> symbols_by_keyword(std::string_view xml) {
  std::map<std::string, Symbols> by_keyword;
  read_annotations(xml, [&](std::string_view symbol, const std::vector<std::string>& keywords) {
    for (const std::string& keyword : keywords) by_keyword[keyword].emplace_back(symbol);
  });
  for (auto& [keyword, symbols] : by_keyword) {
    std::sort(symbols.begin(), symbols.end());
    symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  }
  return by_keyword;
}

}  // namespace

void read_annotations(
    std::string_view xml,
    const std::function<void(std::string_view symbol, const std::vector<std::string>& keywords)>& take) {
  constexpr std::string_view kBegin = "<annotation cp=\"", kEnd = "</annotation>";
  for (;;) {
    const std::size_t begin = xml.find(kBegin);
    if (begin == std::string_view::npos) return;
    xml.remove_prefix(begin + kBegin.size());
    const std::size_t quote = xml.find('"'), bracket = xml.find('>'), end = xml.find(kEnd);
    if (end == std::string_view::npos || quote > bracket || bracket > end) return;
    take(xml.substr(0, quote), keywords_of(xml.substr(bracket + 1, end - bracket - 1)));
    xml.remove_prefix(end);
  }
}

std::vector<std::pair<std::string, std::string>> paired_keywords(std::string_view from_xml,
                                                                 std::string_view to_xml) {
  const std::map<std::string, Symbols> from = symbols_by_keyword(from_xml), to = symbols_by_keyword(to_xml);
  std::map<std::string, std::vector<const std::string*>> to_by_symbol;
  for (const auto& [keyword, symbols] : to)
    for (const std::string& symbol : symbols) to_by_symbol[symbol].push_back(&keyword);
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& [keyword, symbols] : from) {
    std::map<std::string_view, std::size_t> shared;
    for (const std::string& symbol : symbols)
      for (const std::string* other : to_by_symbol[symbol]) ++shared[*other];
    std::pair<double, std::string_view> best;
    for (const auto& [other, count] : shared) {
      const std::size_t all = symbols.size() + to.find(std::string(other))->second.size();
      const double share = 2 * static_cast<double>(count) / static_cast<double>(all);
      if (count >= kLeastSymbols && share >= kLeastShared && share > best.first) best = {share, other};
    }
    if (!best.second.empty()) pairs.emplace_back(keyword, best.second);
  }
  return pairs;
}

}  // namespace nunmul
