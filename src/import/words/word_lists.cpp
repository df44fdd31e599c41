// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/word_lists.h"

#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "import/words/characters.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFieldNames = "field names";
constexpr std::string_view kWeakFieldNames = "weak field names";  // come after those of all languages

constexpr std::string_view kNamedFields[] = {"title", "artist",  "rank",       "year",
                                             "kind",  "section", "description"};
constexpr std::string_view kNamedKinds[] = {"", "song", "film", "drama"};

// Where several languages have a name for one field, the order says which one wins.
std::size_t place_of(const fs::path& file) {
  constexpr std::string_view kLanguageOrder[] = {"en", "ko", "ja"};
  return static_cast<std::size_t>(
      std::find(std::begin(kLanguageOrder), std::end(kLanguageOrder), file.stem().string()) - kLanguageOrder);
}

bool is_one_of(std::string_view text, const auto& list) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

}  // namespace

bool contains_any(std::u32string_view folded, const Forms& forms) {
  return std::ranges::any_of(
      forms.utf32, [&](const auto& form) { return folded.find(form) != std::u32string_view::npos; });
}

bool starts_with_any(std::u32string_view folded, const Forms& forms) {
  return std::ranges::any_of(forms.utf32, [&](const auto& form) { return folded.starts_with(form); });
}

bool ends_with_any(std::u32string_view folded, const Forms& forms) {
  return std::ranges::any_of(forms.utf32, [&](const auto& form) { return folded.ends_with(form); });
}

std::vector<fs::path> word_list_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".txt") files.push_back(it->path());
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return std::pair(place_of(a), a) < std::pair(place_of(b), b);
  });
  return files;
}

// Reads one file after the other into the lists.
class WordListReader {
 public:
  explicit WordListReader(WordLists& lists) : lists_(lists) {}

  void read(const fs::path& file) {
    file_ = file;
    line_ = 0;
    section_.clear();
    const std::string text = read_file(file);
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      ++line_;
      take(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    ++lists_.files_;
  }

  void finish() {
    lists_.field_names_.insert(lists_.field_names_.end(), weak_names_.begin(), weak_names_.end());
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorCode::InvalidInput, file_.string() + ":" + std::to_string(line_) + ": " + what);
  }

  void take(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (find_non_text(line)) fail("the line is not UTF-8");
    if (line.empty() || line.starts_with('#')) return;
    if (line.starts_with("= ")) return begin_list(line.substr(2));
    if (section_.empty()) fail("a form stands before the first list (= NAME)");
    if (section_ == kFieldNames)
      lists_.field_names_.push_back(read_field_name(line));
    else if (section_ == kWeakFieldNames)
      weak_names_.push_back(read_field_name(line));
    else
      add_form(line);
  }

  void begin_list(std::string_view name) {
    if (!is_one_of(name, kWordLists) && name != kFieldNames && name != kWeakFieldNames)
      fail("there is no list \"" + std::string(name) + "\"");
    section_ = name;
  }

  void add_form(std::string_view line) {
    std::string form(line);
    if (form.starts_with('_')) form.front() = ' ';
    if (form.ends_with('_')) form.back() = ' ';
    const std::string folded = fold_line(form);
    if (folded != form)
      fail("\"" + form + "\" would never be found; write it in lower case and half width: \"" + folded +
           "\"");
    const auto* list = std::find(std::begin(kWordLists), std::end(kWordLists), section_);
    Forms& forms = lists_.lists_[static_cast<std::size_t>(list - kWordLists)];
    if (is_one_of(form, forms.utf8)) return;  // two languages may share a form
    forms.utf32.push_back(to_utf32(form));
    forms.utf8.push_back(std::move(form));
  }

  // "song title = title song"
  FieldNameRow read_field_name(std::string_view line) const {
    const std::size_t sign = line.find(" = ");
    if (sign == std::string_view::npos) fail("a name and what it means were expected: NAME = FIELD KIND");
    const std::string_view meaning = line.substr(sign + 3);
    const std::size_t space = std::min(meaning.find(' '), meaning.size());
    const std::string_view field = meaning.substr(0, space);
    const std::string_view kind = meaning.substr(std::min(space + 1, meaning.size()));
    if (!is_one_of(field, kNamedFields)) fail("there is no field \"" + std::string(field) + "\"");
    if (!is_one_of(kind, kNamedKinds)) fail("there is no kind \"" + std::string(kind) + "\"");
    return {compact(line.substr(0, sign)), std::string(field), std::string(kind)};
  }

  WordLists& lists_;
  std::vector<FieldNameRow> weak_names_;
  fs::path file_;
  std::size_t line_ = 0;
  std::string section_;
};

WordLists::WordLists(const fs::path& folder) {
  WordListReader reader(*this);
  for (const fs::path& file : word_list_files(folder)) reader.read(file);
  reader.finish();
}

}  // namespace nunmul
