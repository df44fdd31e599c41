// SPDX-License-Identifier: GPL-2.0-or-later
// The entries of a run on their way out: each gets an id, one that comes twice is merged or told apart. First
// all that is `listed` is gathered; after merge_listed() documents are passed on as they come; finish()
// passes on the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "import/entry.h"
#include "import/import_log.h"
#include "import/merge.h"
#include "import/seen_ids.h"

namespace nunmul {

class EntryOutput {
 public:
  // Both must outlive it.
  EntryOutput(ImportLog& log, const EntrySink& sink) : log_(log), sink_(sink) {}

  // An entry that its names tell from others.
  void add_listed(Entry&& entry) { listed_later_.push_back(std::move(entry)); }

  // A post or a page: no names tell it from others, so it is never merged. Its id does, or `by_text`: others
  // may have its name, and another text is another post.
  void add_post(Entry&& entry, bool by_text) { posts_.push_back({std::move(entry), by_text}); }

  // Merges the entries of articles, and those added after them.
  void merge_listed(std::vector<Entry> of_articles);
  bool has_merged() const { return listed_.has_value(); }

  // A document, with what the listed entry that it names again has besides.
  void pass_on(Entry&& document);

  void finish();

 private:
  struct Post {
    Entry entry;
    bool by_text = false;
  };

  void give_id(Entry&& document);
  void emit_post(Post&& post);
  void emit(Entry&& entry);
  std::optional<IdPlace> note(const std::string& id, std::uint32_t line);

  ImportLog& log_;
  const EntrySink& sink_;
  std::vector<Entry> listed_later_;
  std::vector<Post> posts_;
  std::optional<ListedEntries> listed_;
  SeenIds seen_;
};

}  // namespace nunmul
