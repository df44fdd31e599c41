// SPDX-License-Identifier: GPL-2.0-or-later
// Documents as one segment's columns, for tests of what reads columns only. Header only, so that fuzz
// targets can use it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "index/column.h"
#include "index/column_values.h"
#include "index/settings.h"

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
    std::string folder = (std::filesystem::temp_directory_path() / "nunmul-columns-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("cannot make " + folder);
    BinaryFileWriter writer(std::filesystem::path(folder) / "columns");
    for (const auto& [path, builder] : builders) builder.write(writer, documents_);
    writer.finish();
    file_ = BinaryFile(std::filesystem::path(folder) / "columns");
    for (const auto& [path, builder] : builders)
      columns_.emplace(path, std::make_unique<Column>(file_, columns_.size()));
    std::filesystem::remove_all(folder);  // the file stays mapped
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
  BinaryFile file_;
  std::map<std::string, std::unique_ptr<Column>, std::less<>> columns_;
};

}  // namespace nunmul
