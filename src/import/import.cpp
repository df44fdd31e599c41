// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/import.h"

#include <algorithm>
#include <optional>

#include "base/document_limit.h"
#include "base/error.h"
#include "base/files.h"
#include "import/merge.h"
#include "import/read/csv_reader.h"
#include "import/read/folder_tree.h"
#include "import/read/html_lines.h"
#include "import/read/input_format.h"
#include "import/read/json_documents.h"
#include "import/read/markdown_reader.h"
#include "import/read/raw_line.h"
#include "import/seen_ids.h"
#include "import/stable_id.h"
#include "import/words/characters.h"
#include "import/words/field_names.h"
#include "import/words/word_lists.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

// Fewer headings below front matter are the parts of one text.
constexpr std::size_t kMinItems = 3;

// Lines with text of one article. Finding the list in it compares lines with one another.
constexpr std::size_t kMaxArticleLines = 5'000;

std::uint32_t line_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint32_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
}

std::string take_text(Json& fields, const char* name) {
  const auto found = fields.find(name);
  if (found == fields.end() || !found->is_string()) return "";
  std::string value = found->get<std::string>();
  fields.erase(found);
  return value;
}

std::string take_id(Json& fields) {
  const auto found = fields.find("id");
  if (found == fields.end() || !(found->is_string() || found->is_number_integer())) return "";
  const std::string value = found->is_string() ? found->get<std::string>() : dump_json(*found);
  fields.erase(found);
  return value;
}

// One run over all files.
class Import {
 public:
  Import(const ImportOptions& options, const EntrySink& sink)
      : sink_(sink),
        word_folder_(options.word_lists),
        words_(options.word_lists),
        known_(options.names_file),
        overrides_(options.overrides_file) {
    if (options.format == "auto") return;
    format_ = read_input_format(options.format);
    if (format_) return;
    std::string names;
    for (const std::string& name : input_format_names()) names += (names.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::InvalidInput, "Format \"" + options.format + "\" is not one of " + names + ".");
  }

  void read(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return problem(path.string(), 0, "there is no such file or folder");
    if (!fs::is_directory(status)) return read_file_guarded(path);
    FolderTree tree = read_folder_tree(path);
    for (const auto& [folder, message] : tree.failures) problem(folder.string(), 0, message);
    std::erase_if(tree.files, is_no_text_file);
    if (tree.files.empty() && tree.failures.empty())
      problem(path.string(), 0, "the folder holds no files to import");
    for (const fs::path& file : tree.files) read_file_guarded(file);
  }

  ImportReport finish() {
    std::vector<Entry> entries = resolve_articles(words_, articles_, known_, overrides_, report_.doubtful);
    entries.insert(entries.end(), std::make_move_iterator(pending_.begin()),
                   std::make_move_iterator(pending_.end()));
    const std::size_t before = entries.size();
    entries = merge_entries(std::move(entries));
    report_.merged += before - entries.size();
    for (Entry& entry : entries) pass_on_merged(std::move(entry));
    name_doubtful_files();
    // Beside files with entries one without is passed over; on its own it is a mistake.
    auto& told = report_.count > 0 ? report_.warnings : report_.problems;
    for (ImportProblem& without : without_list_) told.push_back(std::move(without));
    return std::move(report_);
  }

 private:
  void problem(const std::string& file, std::uint32_t line, const std::string& message) {
    report_.problems.push_back({file, line, message});
  }

  void read_file_guarded(const fs::path& path) {
    ++report_.files;
    file_ = path.string();
    report_.found.push_back({file_, 0});
    files_.push_back(file_);
    untitled_ = {};
    try {
      read_one(path);
    } catch (const Error& error) {
      problem(file_, 0, error.what());
    }
    warn_of_untitled();
    count_lone_object();
  }

  // What a failed export leaves is an object, too: {"error": …}, {"items": []}.
  void count_lone_object() {
    std::size_t& entries = report_.found.back().entries;
    if (entries == 1 && untitled_.count == 1 && !untitled_.named) entries = 0;
  }

  // Entries of named fields that have none to show as their title. Said once for a file.
  struct Untitled {
    std::size_t count = 0;
    std::uint32_t line = 0;  // of the first
    std::string fields;      // of the first
    bool named = false;      // the title stands in "name"
  };

  void note_untitled(std::uint32_t line, const Json& fields) {
    if (untitled_.count++ > 0 || untitled_.named) return;
    untitled_.line = line;
    for (const auto& [name, value] : fields.items()) {
      untitled_.named = untitled_.named || name == "name";
      untitled_.fields += (untitled_.fields.empty() ? "" : ", ") + name;
    }
  }

  void warn_of_untitled() {
    if (untitled_.count == 0 || untitled_.named) return;
    const std::string others =
        untitled_.count == 1   ? ""
        : untitled_.count == 2 ? ", nor has 1 other of this file"
                               : ", nor have " + std::to_string(untitled_.count - 1) + " others of this file";
    report_.warnings.push_back(
        {file_, untitled_.line,
         "the entry has no field \"title\"" + others + "; its fields are: " + untitled_.fields});
  }

  void read_one(const fs::path& path) {
    const MappedFile file(path);
    std::string_view text = file.bytes();
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
      return problem(file_, 0, "the file is empty");
    const InputFormat format =
        format_ ? (*format_ == InputFormat::Csv && path.extension() == ".tsv" ? InputFormat::Tsv : *format_)
                : detect_format(words_, path, text);
    if (format != InputFormat::Ndjson && !check_text(text)) return;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const bool is_article =
        format == InputFormat::Article || format == InputFormat::Html || format == InputFormat::Markdown;
    if (is_article && text.size() > kMaxDocumentBytes)
      return problem(file_, 0, "the article " + too_large_for_document());
    const std::string source = path.filename().string();
    switch (format) {
      case InputFormat::Article:
        return read_list(read_text_lines(text), source);
      case InputFormat::Html:
        return read_list(read_html_lines(words_, text), source);
      case InputFormat::Markdown:
        return read_markdown(text, source);
      case InputFormat::Csv:
        return read_csv(text, find_csv_delimiter(text), source);
      case InputFormat::Tsv:
        return read_csv(text, '\t', source);
      case InputFormat::JsonFile:
        return read_json(words_, text, document_sink(), fault_sink());
      case InputFormat::Ndjson:
        return read_ndjson(text, document_sink(), fault_sink());
    }
  }

  bool check_text(std::string_view text) {
    const auto invalid = find_non_text(text);
    if (!invalid) return true;
    const std::uint32_t line = line_at(text, *invalid);
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
      problem(file_, 1, "the file is UTF-16; UTF-8 is needed");
    else if (text[*invalid] == '\0')
      problem(file_, line, "the file is binary: it holds a NUL byte");
    else
      problem(file_, line, "the file is not UTF-8: byte " + hex_byte(text[*invalid]));
    return false;
  }

  static std::string hex_byte(char byte) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    return std::string("0x") + kDigits[value >> 4] + kDigits[value & 15];
  }

  // Where the article has more lines with text than one may have.
  static const RawLine* find_excess(const std::vector<RawLine>& lines) {
    std::size_t count = 0;
    for (const RawLine& line : lines)
      if (!line.text.empty() && ++count > kMaxArticleLines) return &line;
    return nullptr;
  }

  void read_list(const std::vector<RawLine>& lines, const std::string& source) {
    if (const RawLine* line = find_excess(lines))
      return problem(file_, line->number,
                     "the article has more than " + std::to_string(kMaxArticleLines) +
                         " lines; a list as long as that can be imported as CSV, JSON or NDJSON");
    if (words_.empty())
      return problem(file_, 0,
                     "it can only be read as an article, which needs word lists; there are none in " +
                         word_folder_.string());
    Article article = read_article(words_, lines, source);
    if (article.items.empty())
      return without_list_.push_back({file_, 0, "no list of songs, films or dramas was found in it"});
    take_article(std::move(article));
  }

  void take_article(Article&& article) {
    for (const PassedOver& heading : article.passed_over)
      report_.warnings.push_back(
          {file_, heading.line, "the heading \"" + heading.heading + "\" was passed over"});
    article_files_.push_back(file_);
    report_.found.back().entries += article.items.size();
    articles_.push_back(std::move(article));
  }

  // What a site's generator keeps above an article is title, date, tags; what only an entry has is not among
  // it.
  static bool may_be_article(const Json& fields) {
    for (const char* name : {"id", "kind", "artist", "rank"})
      if (fields.contains(name)) return false;
    return !fields.contains("title") || fields["title"].is_string();
  }

  void read_markdown(std::string_view text, const std::string& source) {
    std::optional<Json> fields;
    try {
      fields = read_front_matter(text);
    } catch (const Error& error) {
      // The message begins with its line.
      std::string_view message = error.what();
      std::uint32_t line = 0;
      if (message.starts_with("line ")) {
        line = static_cast<std::uint32_t>(std::atoi(message.data() + 5));
        message.remove_prefix(std::min(message.find(": ") + 2, message.size()));
      }
      return problem(file_, line, std::string(message));
    }
    if (!fields) return read_list(read_markdown_lines(words_, text), source);
    const auto lines =
        !words_.empty() && may_be_article(*fields)
            ? read_lines_below_front_matter(words_, text, fields->value("title", std::string()))
            : std::vector<RawLine>();
    if (!lines.empty() && !find_excess(lines)) {
      Article article = read_article(words_, lines, source);
      if (article.items.size() >= kMinItems && article.items.front().kind != "other")
        return take_article(std::move(article));
    }
    take_fields(std::move(*fields), source, 1);
  }

  void read_csv(std::string_view text, char delimiter, const std::string& source) {
    CsvReader rows(words_, text, delimiter);
    while (auto row = rows.next()) take_fields(std::move(row->fields), source, row->line);
    for (const CsvFault& fault : rows.faults()) problem(file_, fault.line, fault.message);
  }

  // An entry of named fields. Those that the import knows by name go to their places, the others stay.
  void take_fields(Json fields, const std::string& source, std::uint32_t line) {
    if (fields.empty()) return problem(file_, line, "no fields");
    ++report_.found.back().entries;
    fields = with_our_names(words_, std::move(fields));
    const auto title = fields.find("title");
    const bool titled =
        title != fields.end() && title->is_string() && !title->get_ref<const std::string&>().empty();
    if (!titled) note_untitled(line, fields);
    Entry entry;
    entry.id = take_id(fields);
    entry.kind = take_text(fields, "kind");
    entry.title = take_text(fields, "title");
    entry.artist = take_text(fields, "artist");
    entry.section = take_text(fields, "section");
    entry.description = take_text(fields, "description");
    take_rank(fields, entry);
    entry.source = fields.contains("source") ? take_text(fields, "source") : source;
    entry.line = line;
    entry.extra = std::move(fields);
    if (entry.id.empty() && !entry.title.empty())
      pending_.push_back(std::move(entry));
    else
      pass_on(std::move(entry));
  }

  static void take_rank(Json& fields, Entry& entry) {
    const auto rank = fields.find("rank");
    if (rank == fields.end()) return;
    const std::string text = rank->is_string() ? rank->get<std::string>() : dump_json(*rank);
    if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos) return;
    entry.rank = static_cast<std::uint32_t>(std::stoul(text));
    fields.erase(rank);
  }

  // A document that has no "title" but something else that can be one, under our names.
  void give_our_names(JsonDocument& document) const {
    Json fields = with_our_names(words_, parse_json(document.text));
    if (!fields.contains("title")) return;
    document.title = fields["title"].is_string() ? fields["title"].get<std::string>() : "";
    for (const auto& [name, member] : {std::pair{"kind", &document.kind}, {"artist", &document.artist}})
      if (fields.contains(name) && fields[name].is_string()) *member = fields[name].get<std::string>();
    document.text = dump_json(fields);
  }

  DocumentSink document_sink() {
    return [this](JsonDocument&& document) { take_document(std::move(document)); };
  }
  FaultSink fault_sink() {
    return [this](std::uint32_t line, const std::string& message) { problem(file_, line, message); };
  }

  void take_document(JsonDocument&& document) {
    ++report_.found.back().entries;
    if (document.title.empty()) give_our_names(document);
    if (document.title.empty())
      note_untitled(document.line, untitled_.count == 0 ? parse_json(document.text) : Json());
    Entry entry;
    entry.id = std::move(document.id);
    entry.source = file_;
    entry.line = document.line;
    entry.raw = std::move(document.text);
    if (entry.id.empty())
      give_id(entry, document);
    else
      pass_on(std::move(entry));
  }

  // A document without an id: two that would get the same one differ, or are the same document twice.
  void give_id(Entry& entry, const JsonDocument& document) {
    const bool named = !document.title.empty();
    std::string id =
        named ? stable_id(document.kind, document.title, document.artist) : content_id(entry.raw);
    const bool taken = seen_.note(id, here(entry.line)).has_value();
    if (taken && named) id += "-" + content_id(entry.raw).substr(4, 8);
    if (taken && (!named || seen_.note(id, here(entry.line)))) {
      ++report_.merged;
      return;
    }
    const bool empty = entry.raw.find_first_not_of(" \t", 1) == entry.raw.size() - 1;
    entry.raw.insert(1, "\"id\":\"" + id + (empty ? "\"" : "\","));
    entry.id = std::move(id);
    emit(std::move(entry));
  }

  IdPlace here(std::uint32_t line) const { return {static_cast<std::uint32_t>(files_.size() - 1), line}; }

  void pass_on(Entry&& entry) {
    if (entry.id.empty()) entry.id = content_id(to_json_text(entry));
    if (const auto before = seen_.note(entry.id, here(entry.line))) {
      return problem(file_, entry.line,
                     "the id \"" + entry.id + "\" was already given in " + files_[before->file] + ":" +
                         std::to_string(before->line));
    }
    emit(std::move(entry));
  }

  void pass_on_merged(Entry&& entry) {
    entry.id = stable_id(entry.kind, entry.title, entry.artist);
    const auto year = entry.extra.find("year");
    for (int copy = 2; const auto before = seen_.note(entry.id, {kEarlier, entry.line}); ++copy) {
      if (before->file != kEarlier) {
        return problem(entry.source, entry.line,
                       "the id \"" + entry.id + "\" was already given in " + files_[before->file] + ":" +
                           std::to_string(before->line));
      }
      // Another work of the same name: told apart by its year, else by its number.
      entry.id = stable_id(entry.kind, entry.title, entry.artist) + "-" +
                 (copy == 2 && year != entry.extra.end()
                      ? (year->is_string() ? year->get<std::string>() : dump_json(*year))
                      : std::to_string(copy));
    }
    emit(std::move(entry));
  }

  void emit(Entry&& entry) {
    ++report_.count;
    sink_(std::move(entry));
  }

  // Sources are file names; the report names whole paths.
  void name_doubtful_files() {
    for (DoubtfulSplit& split : report_.doubtful) {
      for (std::size_t i = 0; i < articles_.size(); ++i) {
        if (articles_[i].source == split.file) split.file = article_files_[i];
      }
    }
  }

  static constexpr std::uint32_t kEarlier = 0xFFFFFFFF;  // the "file" of entries passed on at the end

  const EntrySink& sink_;
  std::optional<InputFormat> format_;  // nothing: by each file
  fs::path word_folder_;
  WordLists words_;
  KnownArtists known_;
  Overrides overrides_;
  ImportReport report_;
  std::vector<Article> articles_;
  std::vector<std::string> article_files_;   // of articles_
  std::vector<Entry> pending_;               // of CSV and Markdown, without an id
  std::vector<std::string> files_;           // read so far
  std::string file_;                         // being read
  Untitled untitled_;                        // of that file
  std::vector<ImportProblem> without_list_;  // files
  SeenIds seen_;
};

}  // namespace

std::string to_string(const ImportProblem& problem) {
  return problem.file + (problem.line > 0 ? ":" + std::to_string(problem.line) : "") + ": " + problem.message;
}

ImportReport import_each(const std::vector<std::filesystem::path>& paths, const ImportOptions& options,
                         const EntrySink& sink) {
  Import run(options, sink);
  for (const auto& path : paths) run.read(path);
  return run.finish();
}

ImportResult import_files(const std::vector<std::filesystem::path>& paths, const ImportOptions& options) {
  ImportResult result;
  ImportReport report =
      import_each(paths, options, [&](Entry&& entry) { result.entries.push_back(std::move(entry)); });
  static_cast<ImportReport&>(result) = std::move(report);
  return result;
}

}  // namespace nunmul
