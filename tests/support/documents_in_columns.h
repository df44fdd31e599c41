// SPDX-License-Identifier: GPL-2.0-or-later
// Documents as one segment's columns, for tests of what reads columns only.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "index/column.h"
#include "index/column_values.h"
#include "index/settings.h"
#include "support/temp_dir.h"

namespace nunmul {

class DocumentsInColumns : public ColumnSet {
 public:
  // `documents` is an array of objects.
  DocumentsInColumns(const Json& documents, const Settings& settings)
      : documents_(static_cast<std::uint32_t>(documents.size())) {
    std::map<std::string, ColumnBuilder> builders;
    ColumnValues values(settings);
    for (std::uint32_t number = 0; number < documents_; ++number) {
      values.for_each(documents[number], [&](const std::string& path, const std::vector<const Json*>& found) {
        builders[path].add(number, found);
      });
    }
    for (const auto& [path, builder] : builders) {
      const auto file = folder_ / ("col-" + std::to_string(columns_.size()));
      builder.write(file, documents_);
      columns_.emplace(path, std::make_unique<Column>(file));
    }
  }

  std::uint32_t documents() const override { return documents_; }
  const Column* find_column(std::string_view attribute) const override {
    const auto found = columns_.find(attribute);
    return found == columns_.end() ? nullptr : found->second.get();
  }
  std::vector<std::string> column_names() const override {
    std::vector<std::string> names;
    for (const auto& [name, column] : columns_) names.push_back(name);
    return names;
  }

 private:
  std::uint32_t documents_ = 0;
  TempDir folder_;
  std::map<std::string, std::unique_ptr<Column>, std::less<>> columns_;
};

}  // namespace nunmul
