// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/highlighter.h"

#include <algorithm>

namespace nunmul {
namespace {

// The memory of a value of `_formatted` beside its text, and of a place of `_matchesPosition`.
constexpr std::size_t kMatchBytes = 100;
constexpr std::size_t kPositionBytes = 250;

AttributeSet formatted_set(const SearchRequest& request) {
  if (!request.attributes_to_retrieve) return AttributeSet();
  std::vector<std::string> names = *request.attributes_to_retrieve;
  names.insert(names.end(), request.attributes_to_highlight.begin(), request.attributes_to_highlight.end());
  for (const CropAttribute& crop : request.attributes_to_crop) names.push_back(crop.name);
  return AttributeSet(std::move(names));
}

// Sorted; matches whose marks overlap become one, of the first one's word. What lies outside of the
// text or marks nothing is dropped.
std::vector<TokenMatch> joined(std::vector<TokenMatch> matches, std::size_t text_size, std::size_t tokens) {
  std::erase_if(matches, [&](const TokenMatch& match) {
    return match.begin >= match.end || match.end > text_size || match.first_token > match.last_token ||
           match.last_token >= tokens;
  });
  std::sort(matches.begin(), matches.end(), [](const TokenMatch& a, const TokenMatch& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<TokenMatch> joined;
  for (const TokenMatch& match : matches) {
    if (joined.empty() || match.begin >= joined.back().end) {
      joined.push_back(match);
      continue;
    }
    joined.back().end = std::max(joined.back().end, match.end);
    joined.back().query_word = std::min(joined.back().query_word, match.query_word);
    joined.back().last_token = std::max(joined.back().last_token, match.last_token);
  }
  return joined;
}

bool is_number(const Json& value) { return value.is_number() || exact_number_text(value).has_value(); }
bool is_leaf_text(const Json& value) { return value.is_string() || is_number(value); }

}  // namespace

Highlighter::Highlighter(const SearchRequest& request, const Settings& settings,
                         const std::vector<std::string>& fields, const TokenMatcher& matcher,
                         RequestBudget& budget, Tokenize tokenize)
    : request_(request),
      matcher_(matcher),
      budget_(budget),
      tokenize_(std::move(tokenize)),
      displayed_(displayed_attributes(settings)),
      formatted_({AttributeSet(settings.displayed_attributes), formatted_set(request)}),
      highlighted_(request.attributes_to_highlight) {
  wants_formatted_ = asks_for(fields);
}

// Whether a name to highlight or crop is a displayed attribute, or lies under one.
bool Highlighter::asks_for(const std::vector<std::string>& fields) const {
  std::vector<std::string> names = request_.attributes_to_highlight;
  for (const CropAttribute& crop : request_.attributes_to_crop) names.push_back(crop.name);
  const auto is_shown = [&](const std::string& path) {
    return displayed_.part(path) != AttributeSet::Part::None;
  };
  const AttributeNames named(names), known(fields);
  return std::any_of(fields.begin(), fields.end(),
                     [&](const auto& field) { return named.covers(field) && is_shown(field); }) ||
         std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return known.covers(name) && is_shown(name); });
}

void Highlighter::dress(Hit& hit, const Json& document) {
  leaves_.clear();
  position_places_.clear();
  if (wants_formatted_) hit.formatted = format_object(document, "").value_or(Json::object());
  if (request_.show_matches_position) {
    Json positions = Json::object();
    std::vector<std::uint32_t> indices;
    find_positions(document, "", indices, positions);
    hit.matches_position = std::move(positions);
  }
}

const Highlighter::Leaf& Highlighter::leaf(const Json& value) {
  const auto [place, added] = leaves_.try_emplace(&value);
  Leaf& leaf = place->second;
  if (!added) return leaf;
  if (!value.is_string()) leaf.number = dump_json(value);
  leaf.text = value.is_string() ? std::string_view(value.get_ref<const std::string&>())
                                : std::string_view(leaf.number);
  leaf.tokens = tokenize_(leaf.text);
  leaf.matches = joined(matcher_.find(leaf.text, leaf.tokens), leaf.text.size(), leaf.tokens.size());
  return leaf;
}

// By the longest name that covers the path, so that `*` gives way to a name.
std::optional<std::uint32_t> Highlighter::crop_length(std::string_view path) const {
  const CropAttribute* best = nullptr;
  for (const CropAttribute& crop : request_.attributes_to_crop) {
    if (!attribute_matches(crop.name, path)) continue;
    if (!best || (best->name == "*" && crop.name != "*") ||
        (crop.name != "*" && crop.name.size() > best->name.size()))
      best = &crop;
  }
  if (!best) return std::nullopt;
  return best->length;
}

std::string Highlighter::marked(const Leaf& leaf, const TextWindow& window, bool highlight) const {
  std::string out;
  const std::size_t mark_bytes = request_.highlight_pre_tag.size() + request_.highlight_post_tag.size();
  budget_.use_memory(2 * (window.end - window.begin + 2 * request_.crop_marker.size()));
  if (window.cut_before) out += request_.crop_marker;
  std::uint32_t at = window.begin;
  if (highlight) {
    for (const TokenMatch& match : leaf.matches) {
      const std::uint32_t begin = std::max(match.begin, window.begin), end = std::min(match.end, window.end);
      if (begin >= end) continue;
      budget_.use_memory(2 * mark_bytes);
      out += leaf.text.substr(at, begin - at);
      out += request_.highlight_pre_tag;
      out += leaf.text.substr(begin, end - begin);
      out += request_.highlight_post_tag;
      at = end;
    }
  }
  out += leaf.text.substr(at, window.end - at);
  if (window.cut_after) out += request_.crop_marker;
  return out;
}

std::optional<Json> Highlighter::format(const Json& value, const std::string& path, AttributeSet::Part part) {
  if (value.is_object()) return format_object(value, path);
  if (value.is_array()) return format_array(value, path, part);
  if (part != AttributeSet::Part::All) return std::nullopt;
  return format_leaf(value, path);
}

std::optional<Json> Highlighter::format_object(const Json& value, const std::string& path) {
  Json formatted = Json::object();
  auto& fields = formatted.get_ref<Json::object_t&>();
  for (const auto& [name, field] : value.get_ref<const Json::object_t&>()) {
    const std::string child = child_path(path, name);
    const AttributeSet::Part part = formatted_.part(child);
    if (part == AttributeSet::Part::None) continue;
    if (auto formatted_field = format(field, child, part))
      fields.push_back({name, std::move(*formatted_field)});
  }
  if (fields.empty() && !path.empty() && formatted_.part(path) != AttributeSet::Part::All)
    return std::nullopt;
  return formatted;
}

std::optional<Json> Highlighter::format_array(const Json& value, const std::string& path,
                                              AttributeSet::Part part) {
  Json formatted = Json::array();
  for (const Json& item : value) {
    if (auto formatted_item = format(item, path, part)) formatted.push_back(std::move(*formatted_item));
  }
  if (formatted.empty() && part != AttributeSet::Part::All) return std::nullopt;
  return formatted;
}

Json Highlighter::format_leaf(const Json& value, const std::string& path) {
  budget_.use_memory(kMatchBytes);
  if (!is_leaf_text(value)) return value;
  const bool highlight = highlighted_.part(path) == AttributeSet::Part::All;
  const auto length = value.is_string() ? crop_length(path) : std::nullopt;
  if (!highlight && !length) return plain_text(value);
  const Leaf& found = leaf(value);
  const TextWindow window = choose_window(found.text, found.tokens, found.matches, length.value_or(0));
  return marked(found, window, highlight);
}

Json Highlighter::plain_text(const Json& value) {
  if (!value.is_string()) return Json(dump_json(value));
  budget_.use_memory(2 * value.get_ref<const std::string&>().size());
  return value;
}

Json& Highlighter::positions_at(const std::string& path, Json& positions) {
  const auto [place, added] = position_places_.emplace(path, positions.size());
  if (added) append_field(positions, path, Json::array());
  Json::object_t::Container& lists = positions.get_ref<Json::object_t&>();
  return lists[place->second].second;
}

void Highlighter::find_positions(const Json& value, const std::string& path,
                                 std::vector<std::uint32_t>& indices, Json& positions) {
  if (value.is_object()) {
    for (const auto& [name, field] : value.get_ref<const Json::object_t&>()) {
      const std::string child = child_path(path, name);
      if (displayed_.part(child) != AttributeSet::Part::None)
        find_positions(field, child, indices, positions);
    }
  } else if (value.is_array()) {
    indices.push_back(0);
    for (const Json& item : value) {
      find_positions(item, path, indices, positions);
      ++indices.back();
    }
    indices.pop_back();
  } else if (is_leaf_text(value) && displayed_.part(path) == AttributeSet::Part::All) {
    const std::vector<TokenMatch>& matches = leaf(value).matches;
    if (matches.empty()) return;
    Json& found = positions_at(path, positions);
    budget_.use_memory(matches.size() * kPositionBytes);
    for (const TokenMatch& match : matches) {
      Json position{{"start", match.begin}, {"length", match.end - match.begin}};
      if (!indices.empty()) position["indices"] = indices;
      found.push_back(std::move(position));
    }
  }
}

}  // namespace nunmul
