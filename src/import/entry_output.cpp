// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/entry_output.h"

#include <iterator>
#include <utility>

#include "import/stable_id.h"

namespace nunmul {

void EntryOutput::merge_listed(std::vector<Entry> of_articles) {
  std::vector<Entry> entries = std::move(of_articles);
  entries.insert(entries.end(), std::make_move_iterator(listed_later_.begin()),
                 std::make_move_iterator(listed_later_.end()));
  const std::size_t before = entries.size();
  listed_.emplace(std::move(entries));
  log_.report.merged += before - listed_->size();
}

void EntryOutput::pass_on(Entry&& document) {
  const bool has_id = !document.id.empty();
  if (has_id)
    if (const auto before = note(document.id, document.line))
      return log_.problem(document.line, "the id \"" + document.id + "\" was already given in " +
                                             log_.report.found[before->file].file + ":" +
                                             std::to_string(before->line));
  if (listed_ && listed_->merge_into(document)) {
    ++log_.report.merged;
    if (!has_id) note(document.id, document.line);
    emit(std::move(document));
  } else if (has_id) {
    emit(std::move(document));
  } else {
    give_id(std::move(document));
  }
}

// A document without an id: two that would get the same one differ, or are the same document twice.
void EntryOutput::give_id(Entry&& document) {
  const bool named = !document.title.empty();
  std::string id =
      named ? stable_id(document.kind, document.title, document.artist) : content_id(to_json_text(document));
  const bool taken = (listed_ && listed_->has_id(id)) || note(id, document.line).has_value();
  if (taken && named) id += "-" + content_id(document.raw).substr(4, 8);
  if (taken && (!named || note(id, document.line))) {
    ++log_.report.merged;
    return;
  }
  if (const std::string& raw = document.raw; !raw.empty()) {
    const bool empty = raw.find_first_not_of(" \t", 1) == raw.size() - 1;
    document.raw.insert(1, "\"id\":\"" + id + (empty ? "\"" : "\","));
  }
  document.id = std::move(id);
  emit(std::move(document));
}

// Of an id there is one post. A title several may have, and the address that a site's template names.
void EntryOutput::emit_post(Post&& post) {
  Entry& entry = post.entry;
  const std::string by_text = entry.id + "-" + content_id(entry.description).substr(4, 8);
  const bool same = post.by_text && seen_.note(by_text, {}).has_value();
  const bool taken = seen_.note(entry.id, {}).has_value();
  if (same || (taken && !post.by_text)) return void(++log_.report.merged);
  if (taken) entry.id = by_text;
  emit(std::move(entry));
}

std::optional<IdPlace> EntryOutput::note(const std::string& id, std::uint32_t line) {
  return seen_.note(id, {static_cast<std::uint32_t>(log_.file()), line});
}

void EntryOutput::emit(Entry&& entry) {
  ++log_.report.count;
  sink_(std::move(entry));
}

void EntryOutput::finish() {
  for (Entry& entry : listed_->take_rest()) emit(std::move(entry));
  for (Post& post : posts_) emit_post(std::move(post));
}

}  // namespace nunmul
