// SPDX-License-Identifier: GPL-2.0-or-later
// The same song in several files is one entry: all its sources listed, all that their texts say kept. Entries
// are the same when kind, title and artist agree in any of the scripts given for them, and no two years
// contradict. One that says no kind is the only one of its names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "import/entry.h"

namespace nunmul {

// The entries of articles and of rows without an id, and what documents with a text of their own add to them.
class ListedEntries {
 public:
  // Each gets its id.
  explicit ListedEntries(std::vector<Entry> entries);

  std::size_t size() const { return entries_.size(); }
  bool has_id(const std::string& id) const { return ids_.contains(id); }

  // Puts what a document lacks and the entry with its id or its names has into the document, which takes its
  // place and its id unless it has one. False if there is no such entry, or another document has taken it.
  bool merge_into(Entry& document);

  // Takes those that no document has taken, in the order of first mention.
  std::vector<Entry> take_rest();

 private:
  void add(Entry&& entry, std::size_t order);
  void give_id(std::size_t place);
  std::size_t find_same(const Entry& entry) const;

  std::vector<Entry> entries_;      // one that was taken has no id
  std::vector<std::size_t> order_;  // where each was first mentioned
  std::unordered_map<std::string, std::vector<std::size_t>> by_names_;
  std::unordered_map<std::string, std::size_t> ids_;
};

}  // namespace nunmul
