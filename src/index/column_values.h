// SPDX-License-Identifier: GPL-2.0-or-later
// Chooses the values of a document that go into each column.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/json.h"
#include "index/attribute_names.h"
#include "index/settings.h"

namespace nunmul {

// Remembers for each path whether the settings want a column for it, so that a document costs one
// walk: those that are filterable, sortable, distinct, or in a custom ranking rule. For one thread.
class ColumnValues {
 public:
  explicit ColumnValues(const Settings& settings);

  // Calls visit(path, values) for each path of the document that has a column: those of leaves with
  // all their values, and those of objects and arrays on the way, whose being there can be asked too.
  template <typename Visit>
  void for_each(const Json& document, Visit&& visit) {
    gather(document);
    for (const std::uint32_t number : touched_) visit(columns_[number].first, columns_[number].second);
  }

 private:
  static constexpr std::uint32_t kNoColumn = 0xFFFFFFFF;
  struct Node {  // a path as a document spells it; two spellings of "a.b" share a column
    std::string path;
    std::uint32_t column = kNoColumn;
    std::unordered_map<std::string, std::uint32_t> fields;
  };

  void gather(const Json& document);
  void forget();
  void walk(std::uint32_t node, const Json& value);
  std::uint32_t field_of(std::uint32_t node, const std::string& name);
  std::uint32_t column_of(const std::string& path);

  AttributeNames names_;                      // filterable and sortable
  std::set<std::string, std::less<>> paths_;  // that are distinct or rank, without what is nested there
  std::vector<Node> nodes_;
  std::vector<std::pair<std::string, std::vector<const Json*>>> columns_;
  std::unordered_map<std::string, std::uint32_t> column_numbers_;
  std::vector<std::uint32_t> touched_;  // columns of the present document
};

}  // namespace nunmul
