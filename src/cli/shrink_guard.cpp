// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/shrink_guard.h"

#include <algorithm>
#include <vector>

#include "cli/import_report.h"

namespace nunmul {
namespace {

constexpr std::uint64_t kSmallIndex = 20;  // documents; of so few any number may go
constexpr std::size_t kNamed = 3;

// Files and folders that have lost all their entries, and are still there.
std::vector<EntryCounts::value_type> emptied(const Shrinkage& shrinkage) {
  std::vector<EntryCounts::value_type> found;
  for (const auto& [path, entries] : shrinkage.now) {
    const auto before = shrinkage.before.find(path);
    if (entries == 0 && before != shrinkage.before.end() && before->second > 0) found.push_back(*before);
  }
  return found;
}

std::string describe(const std::vector<EntryCounts::value_type>& emptied) {
  std::string text;
  for (std::size_t i = 0; i < std::min(emptied.size(), kNamed); ++i)
    text += (i > 0 ? ", " : "") + emptied[i].first + " had " +
            counted(emptied[i].second, "entry", "entries") + " at the last run and has none now";
  if (emptied.size() > kNamed) text += ", and so " + std::to_string(emptied.size() - kNamed) + " more";
  return text;
}

// The one file or folder that stands for those with entries.
std::string name_of(const EntryCounts& counts) {
  for (const auto& [path, entries] : counts)
    if (entries > 0) return path;
  return "nothing";
}

// Whether this run reads none of the files and folders that the last one had entries from.
bool are_others(const EntryCounts& before, const EntryCounts& now) {
  return std::none_of(before.begin(), before.end(),
                      [&](const auto& file) { return file.second > 0 && now.contains(file.first); });
}

}  // namespace

std::string shrink_refusal(const Shrinkage& shrinkage) {
  if (shrinkage.removed == 0) return "";
  if (const auto paths = emptied(shrinkage); !paths.empty()) return describe(paths);
  const std::string numbers = std::to_string(shrinkage.removed) + " of " +
                              counted(shrinkage.documents, "document", "documents") + " would be removed";
  if (shrinkage.read == 0) return "the files have no entries, and " + numbers;
  if (shrinkage.documents > kSmallIndex && shrinkage.removed > shrinkage.documents / 2)
    return numbers + ", more than half";
  if (shrinkage.removed == shrinkage.documents && !shrinkage.before.empty() &&
      are_others(shrinkage.before, shrinkage.now))
    return "all documents would be removed: the last run read " + name_of(shrinkage.before) + ", this one " +
           name_of(shrinkage.now);
  return "";
}

}  // namespace nunmul
