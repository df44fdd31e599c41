// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/merge.h"

#include <algorithm>
#include <filesystem>

#include "import/stable_id.h"
#include "import/words/characters.h"
#include "import/words/name_forms.h"
#include "import/words/paragraphs.h"

namespace nunmul {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::vector<std::string> names_of(const Entry& entry) {
  std::vector<std::string> names;
  for (const auto& title : base_variants(to_utf32(entry.title))) {
    if (title.empty()) continue;
    for (const auto& artist : base_variants(to_utf32(entry.artist)))
      names.push_back(to_utf8(title) + '\n' + to_utf8(artist));
  }
  return names;
}

std::string year_of(const Entry& entry) {
  const auto year = entry.extra.find("year");
  if (year == entry.extra.end()) return "";
  return year->is_string() ? year->get<std::string>() : dump_json(*year);
}

bool years_contradict(const Entry& one, const Entry& two) {
  const std::string a = year_of(one), b = year_of(two);
  return !a.empty() && !b.empty() && a != b;
}

void add_source(std::vector<std::string>& sources, const std::string& source) {
  if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
}

std::vector<std::string> sources_of(const Entry& entry) {
  return entry.sources.empty() ? std::vector{entry.source} : entry.sources;
}

void merge(Entry& first, const Entry& other) {
  std::vector<std::string> sources = sources_of(first);
  for (const std::string& source : sources_of(other)) add_source(sources, source);
  first.sources = std::move(sources);
  first.description = with_paragraphs_of(first.description, other.description);
  if (first.artist.empty()) first.artist = other.artist;
  if (!first.rank) first.rank = other.rank;
  first.doubtful = first.doubtful && other.doubtful;
  for (const auto& [name, value] : other.extra.items()) {
    if (!first.extra.contains(name)) first.extra[name] = value;
  }
}

// Into the document's own fields, which stay where they are.
void merge(Json& fields, const Entry& document, const Entry& listed) {
  std::vector<std::string> sources;
  if (fields.contains("sources") && fields["sources"].is_array())
    for (const Json& source : fields["sources"])
      if (source.is_string()) sources.push_back(source);
  if (sources.empty() && fields.contains("source") && fields["source"].is_string())
    sources.push_back(fields["source"]);
  if (sources.empty()) sources.push_back(std::filesystem::path(document.source).filename().string());
  for (const std::string& source : sources_of(listed)) add_source(sources, source);
  if (sources.size() > 1) fields["sources"] = sources;
  const Json other = to_json(listed);
  for (const auto& [name, value] : other.items()) {
    if (name == "doubtful") continue;  // the document says what it is
    const bool are_texts =
        name == "description" && fields.contains(name) && fields[name].is_string() && value.is_string();
    if (are_texts)
      fields[name] =
          with_paragraphs_of(fields[name].get_ref<const std::string&>(), value.get_ref<const std::string&>());
    else if (!fields.contains(name))
      fields[name] = value;
  }
}

}  // namespace

ListedEntries::ListedEntries(std::vector<Entry> entries) {
  std::vector<std::size_t> without_kind;
  for (std::size_t i = 0; i < entries.size(); ++i)
    entries[i].kind.empty() ? without_kind.push_back(i) : add(std::move(entries[i]), i);
  for (const std::size_t i : without_kind) add(std::move(entries[i]), i);
  for (std::size_t place = 0; place < entries_.size(); ++place) give_id(place);
}

void ListedEntries::add(Entry&& entry, std::size_t order) {
  const std::vector<std::string> names = names_of(entry);
  std::size_t place = find_same(entry);
  if (place == kNone) {
    place = entries_.size();
    entries_.push_back(std::move(entry));
    order_.push_back(order);
  } else {
    merge(entries_[place], entry);
    order_[place] = std::min(order_[place], order);
  }
  for (const std::string& name : names) {
    std::vector<std::size_t>& places = by_names_[name];
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  }
}

// Another work of the same name is told apart by its year, else by its number.
void ListedEntries::give_id(std::size_t place) {
  Entry& entry = entries_[place];
  const std::string id = stable_id(entry.kind, entry.title, entry.artist), year = year_of(entry);
  entry.id = id;
  for (int copy = 2; !ids_.emplace(entry.id, place).second; ++copy)
    entry.id = id + "-" + (copy == 2 && !year.empty() ? year : std::to_string(copy));
}

// The first of the same kind; where one of the two has no kind, the only one of its names.
std::size_t ListedEntries::find_same(const Entry& entry) const {
  std::size_t same = kNone, other = kNone;
  bool several = false;
  for (const std::string& name : names_of(entry)) {
    const auto found = by_names_.find(name);
    if (found == by_names_.end()) continue;
    for (const std::size_t place : found->second) {
      const Entry& listed = entries_[place];
      if (years_contradict(listed, entry)) continue;
      if (listed.kind == entry.kind)
        same = std::min(same, place);
      else if (listed.kind.empty() || entry.kind.empty())
        several = several || (other != kNone && other != place), other = place;
    }
  }
  return same != kNone || several ? same : other;
}

bool ListedEntries::merge_into(Entry& document) {
  if (entries_.empty()) return false;
  const auto named = ids_.find(document.id);
  const std::size_t place = named != ids_.end() ? named->second : find_same(document);
  if (place == kNone || entries_[place].id.empty()) return false;
  Entry& listed = entries_[place];
  const bool is_named = !document.id.empty();
  if (!is_named)
    document.id = document.kind == listed.kind || document.kind.empty()
                      ? listed.id
                      : stable_id(document.kind, document.title, document.artist);
  Json fields = to_json(document);
  if (!fields.contains("id")) {
    Json with_id{{"id", document.id}};
    with_id.update(fields);
    fields = std::move(with_id);
  }
  merge(fields, document, listed);
  document.raw = dump_json(fields);
  listed.id.clear();
  return true;
}

std::vector<Entry> ListedEntries::take_rest() {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < entries_.size(); ++place)
    if (!entries_[place].id.empty()) places.push_back(place);
  std::sort(places.begin(), places.end(),
            [&](std::size_t a, std::size_t b) { return order_[a] < order_[b]; });
  std::vector<Entry> rest;
  for (const std::size_t place : places) rest.push_back(std::move(entries_[place]));
  return rest;
}

}  // namespace nunmul
