// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/column_values.h"

namespace nunmul {
namespace {

// Beyond this, documents have keys of their own rather than fields, and what was remembered is dropped.
constexpr std::size_t kMaxPaths = 100'000;

std::vector<std::string> joined(std::vector<std::string> names, const std::vector<std::string>& more) {
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

}  // namespace

ColumnValues::ColumnValues(const Settings& settings)
    : names_(joined(filterable_names(settings), settings.sortable_attributes)),
      paths_(ranking_fields(settings)) {
  if (settings.distinct_attribute) paths_.insert(*settings.distinct_attribute);
  forget();
}

void ColumnValues::forget() {
  nodes_.assign(1, Node{});
  columns_.clear();
  column_numbers_.clear();
  touched_.clear();
}

void ColumnValues::gather(const Json& document) {
  if (nodes_.size() > kMaxPaths) forget();
  for (const std::uint32_t number : touched_) columns_[number].second.clear();
  touched_.clear();
  walk(0, document);
}

void ColumnValues::walk(std::uint32_t node, const Json& value) {
  if (value.is_array()) {
    for (const Json& item : value) {
      if (item.is_structured()) walk(node, item);
    }
    return;
  }
  if (!value.is_object()) return;
  for (const auto& [name, field] : value.get_ref<const Json::object_t&>()) {
    const std::uint32_t child = field_of(node, name);
    if (const std::uint32_t column = nodes_[child].column; column != kNoColumn) {
      if (columns_[column].second.empty()) touched_.push_back(column);
      columns_[column].second.push_back(&field);
    }
    if (field.is_structured()) walk(child, field);
  }
}

std::uint32_t ColumnValues::field_of(std::uint32_t node, const std::string& name) {
  if (const auto known = nodes_[node].fields.find(name); known != nodes_[node].fields.end())
    return known->second;
  const auto number = static_cast<std::uint32_t>(nodes_.size());
  Node made;
  made.path = node == 0 ? name : nodes_[node].path + "." + name;
  made.column = column_of(made.path);
  nodes_[node].fields.emplace(name, number);
  nodes_.push_back(std::move(made));
  return number;
}

std::uint32_t ColumnValues::column_of(const std::string& path) {
  if (!names_.covers(path) && !paths_.contains(path)) return kNoColumn;
  const auto [place, added] = column_numbers_.emplace(path, static_cast<std::uint32_t>(columns_.size()));
  if (added) columns_.push_back({path, {}});
  return place->second;
}

}  // namespace nunmul
