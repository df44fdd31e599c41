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
    if (!fs::exists(status))
      return report_.problems.push_back({path.string(), 0, "there is no such file or folder"});
    if (!fs::is_directory(status)) return read_file(path);
    FolderTree tree = read_folder_tree(path);
    for (const auto& [folder, message] : tree.failures)
      report_.problems.push_back({folder.string(), 0, message});
    std::erase_if(tree.files, is_no_text_file);
    if (tree.files.empty() && tree.failures.empty())
      report_.problems.push_back({path.string(), 0, "the folder holds no files to import"});
    for (const fs::path& file : tree.files) read_file(file);
  }

  ImportReport finish() {
    std::vector<Entry> entries = resolve_articles(words_, articles_, known_, overrides_, report_.doubtful);
    entries.insert(entries.end(), std::make_move_iterator(pending_.begin()),
                   std::make_move_iterator(pending_.end()));
    const std::size_t before = entries.size();
    listed_.emplace(std::move(entries));
    report_.merged += before - listed_->size();
    for (file_ = 0; file_ < files_.size(); ++file_)
      if (files_[file_].has_documents) read_guarded();
    for (Entry& entry : listed_->take_rest()) emit(std::move(entry));
    for (file_ = 0; file_ < files_.size(); ++file_) warn_of_untitled();
    name_doubtful_files();
    // Beside files with entries one without is passed over; on its own it is a mistake.
    auto& told = report_.count > 0 ? report_.warnings : report_.problems;
    for (ImportProblem& without : without_list_) told.push_back(std::move(without));
    return std::move(report_);
  }

 private:
  struct File {
    fs::path path;
    InputFormat format = InputFormat::Article;
    bool has_documents = false;  // entries that are passed on as they are read, when all others are known

    // Entries of named fields that have none to show as their title. Said once for a file.
    std::size_t untitled = 0;
    std::uint32_t untitled_line = 0;  // of the first
    std::string untitled_fields;      // of the first
    bool has_name = false;            // the title stands in "name"
  };

  File& file() { return files_[file_]; }
  const std::string& file_name() const { return report_.found[file_].file; }

  void problem(std::uint32_t line, const std::string& message) {
    report_.problems.push_back({file_name(), line, message});
  }

  void read_file(const fs::path& path) {
    ++report_.files;
    report_.found.push_back({path.string(), 0});
    file_ = files_.size();
    files_.emplace_back().path = path;
    read_guarded();
  }

  void read_guarded() {
    try {
      read_one();
    } catch (const Error& error) {
      problem(0, error.what());
    }
  }

  void note_untitled(std::uint32_t line, const Json& fields) {
    File& here = file();
    if (here.untitled++ > 0 || here.has_name) return;
    here.untitled_line = line;
    for (const auto& [name, value] : fields.items()) {
      here.has_name = here.has_name || name == "name";
      here.untitled_fields += (here.untitled_fields.empty() ? "" : ", ") + name;
    }
  }

  void warn_of_untitled() {
    const File& here = file();
    if (here.untitled == 0 || here.has_name) return;
    const std::string others =
        here.untitled == 1   ? ""
        : here.untitled == 2 ? ", nor has 1 other of this file"
                             : ", nor have " + std::to_string(here.untitled - 1) + " others of this file";
    report_.warnings.push_back(
        {file_name(), here.untitled_line,
         "the entry has no field \"title\"" + others + "; its fields are: " + here.untitled_fields});
    // What a failed export leaves is an object, too: {"error": …}, {"items": []}.
    std::size_t& entries = report_.found[file_].entries;
    if (entries == 1 && here.untitled == 1) entries = 0;
  }

  void read_one() {
    const fs::path& path = file().path;
    const MappedFile mapped(path);
    std::string_view text = mapped.bytes();
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return problem(0, "the file is empty");
    if (!listed_)
      file().format =
          format_ ? (*format_ == InputFormat::Csv && path.extension() == ".tsv" ? InputFormat::Tsv : *format_)
                  : detect_format(words_, path, text);
    const InputFormat format = file().format;
    const bool is_json = format == InputFormat::JsonFile || format == InputFormat::Ndjson;
    if (is_json && !listed_) return void(file().has_documents = true);
    if (format != InputFormat::Ndjson && !check_text(text)) return;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const bool is_article =
        format == InputFormat::Article || format == InputFormat::Html || format == InputFormat::Markdown;
    if (is_article && text.size() > kMaxDocumentBytes)
      return problem(0, "the article " + too_large_for_document());
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
      problem(1, "the file is UTF-16; UTF-8 is needed");
    else if (text[*invalid] == '\0')
      problem(line, "the file is binary: it holds a NUL byte");
    else
      problem(line, "the file is not UTF-8: byte " + hex_byte(text[*invalid]));
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
      return problem(line->number,
                     "the article has more than " + std::to_string(kMaxArticleLines) +
                         " lines; a list as long as that can be imported as CSV, JSON or NDJSON");
    if (words_.empty())
      return problem(0, "it can only be read as an article, which needs word lists; there are none in " +
                            word_folder_.string());
    Article article = read_article(words_, lines, source);
    if (article.items.empty())
      return without_list_.push_back({file_name(), 0, "no list of songs, films or dramas was found in it"});
    take_article(std::move(article));
  }

  void take_article(Article&& article) {
    for (const PassedOver& heading : article.passed_over)
      report_.warnings.push_back(
          {file_name(), heading.line, "the heading \"" + heading.heading + "\" was passed over"});
    article_files_.push_back(file_name());
    report_.found[file_].entries += article.items.size();
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
      return problem(line, std::string(message));
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
    if (listed_) return;  // it was read before
    for (const CsvFault& fault : rows.faults()) problem(fault.line, fault.message);
  }

  // An entry of named fields. Those that the import knows by name go to their places, the others stay.
  void take_fields(Json fields, const std::string& source, std::uint32_t line) {
    Entry entry;
    entry.id = take_id(fields);
    if (!entry.id.empty() && !listed_) return void(file().has_documents = true);
    if (entry.id.empty() && listed_) return;  // it is among them
    if (fields.empty() && entry.id.empty()) return problem(line, "no fields");
    ++report_.found[file_].entries;
    fields = with_our_names(words_, std::move(fields));
    const auto title = fields.find("title");
    const bool titled =
        title != fields.end() && title->is_string() && !title->get_ref<const std::string&>().empty();
    if (!titled) note_untitled(line, fields);
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
  void give_our_names(Entry& document) const {
    Json fields = with_our_names(words_, parse_json(document.raw));
    if (!fields.contains("title")) return;
    document.raw = dump_json(fields);
    document.title = take_text(fields, "title");
    document.kind = take_text(fields, "kind");
    document.artist = take_text(fields, "artist");
    if (fields.contains("year")) document.extra["year"] = fields["year"];
  }

  DocumentSink document_sink() {
    return [this](Entry&& document) { take_document(std::move(document)); };
  }
  FaultSink fault_sink() {
    return [this](std::uint32_t line, const std::string& message) { problem(line, message); };
  }

  void take_document(Entry&& document) {
    ++report_.found[file_].entries;
    if (document.title.empty()) give_our_names(document);
    if (document.title.empty())
      note_untitled(document.line, file().untitled == 0 ? parse_json(document.raw) : Json());
    document.source = file_name();
    pass_on(std::move(document));
  }

  // A document without an id: two that would get the same one differ, or are the same document twice.
  void give_id(Entry&& document) {
    const bool named = !document.title.empty();
    std::string id = named ? stable_id(document.kind, document.title, document.artist)
                           : content_id(to_json_text(document));
    const bool taken = (listed_ && listed_->has_id(id)) || note(id, document.line).has_value();
    if (taken && named) id += "-" + content_id(document.raw).substr(4, 8);
    if (taken && (!named || note(id, document.line))) {
      ++report_.merged;
      return;
    }
    if (const std::string& raw = document.raw; !raw.empty()) {
      const bool empty = raw.find_first_not_of(" \t", 1) == raw.size() - 1;
      document.raw.insert(1, "\"id\":\"" + id + (empty ? "\"" : "\","));
    }
    document.id = std::move(id);
    emit(std::move(document));
  }

  std::optional<IdPlace> note(const std::string& id, std::uint32_t line) {
    return seen_.note(id, {static_cast<std::uint32_t>(file_), line});
  }

  void pass_on(Entry&& document) {
    if (!document.id.empty())
      if (const auto before = note(document.id, document.line))
        return problem(document.line, "the id \"" + document.id + "\" was already given in " +
                                          report_.found[before->file].file + ":" +
                                          std::to_string(before->line));
    const bool has_id = !document.id.empty();
    if (listed_ && listed_->merge_into(document)) {
      ++report_.merged;
      if (!has_id) note(document.id, document.line);
      emit(std::move(document));
    } else if (has_id) {
      emit(std::move(document));
    } else {
      give_id(std::move(document));
    }
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

  const EntrySink& sink_;
  std::optional<InputFormat> format_;  // nothing: by each file
  fs::path word_folder_;
  WordLists words_;
  KnownArtists known_;
  Overrides overrides_;
  ImportReport report_;
  std::vector<Article> articles_;
  std::vector<std::string> article_files_;  // of articles_
  std::vector<Entry> pending_;              // of CSV and Markdown, without an id
  std::optional<ListedEntries> listed_;     // these and the articles', when all files have been read for them
  std::vector<File> files_;                 // as in report_.found
  std::size_t file_ = 0;                    // being read
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
