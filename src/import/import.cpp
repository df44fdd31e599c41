// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/import.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/ascii_text.h"
#include "base/document_limit.h"
#include "base/error.h"
#include "base/files.h"
#include "import/entry_fields.h"
#include "import/merge.h"
#include "import/read/csv_reader.h"
#include "import/read/feed_reader.h"
#include "import/read/folder_tree.h"
#include "import/read/front_matter.h"
#include "import/read/html_lines.h"
#include "import/read/input_format.h"
#include "import/read/json_documents.h"
#include "import/read/json_feed.h"
#include "import/read/markdown_reader.h"
#include "import/read/raw_line.h"
#include "import/read/shortcodes.h"
#include "import/read/source_text.h"
#include "import/seen_ids.h"
#include "import/stable_id.h"
#include "import/words/characters.h"
#include "import/words/field_names.h"
#include "import/words/publication.h"
#include "import/words/word_lists.h"
#include "text/charset.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

// Fewer headings below front matter are the parts of one text.
constexpr std::size_t kMinItems = 3;

// Lines with text of one article. Finding the list in it compares lines with one another.
constexpr std::size_t kMaxArticleLines = 5'000;

// One run over all files.
class Import {
 public:
  Import(const ImportOptions& options, const EntrySink& sink)
      : sink_(sink),
        word_folder_(options.word_lists),
        words_(options.word_lists),
        known_(options.names_file),
        overrides_(options.overrides_file),
        encoding_(options.encoding),
        list_(options.list),
        takes_drafts_(options.drafts) {
    if (!encoding_.empty() && !is_charset(encoding_))
      throw Error(ErrorCode::InvalidInput, "The encoding \"" + encoding_ + "\" is not known.");
    if (options.format == "auto") return;
    format_ = read_input_format(options.format);
    if (format_) return;
    std::string names;
    for (const std::string& name : input_format_names()) names += (names.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::InvalidInput, "Format \"" + options.format + "\" is not one of " + names + ".");
  }

  void read(const fs::path& path) {
    if (path == kStandardInput) return read_file(path);
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
      return report_.problems.push_back({path.string(), 0, "there is no such file or folder"});
    if (!fs::is_directory(status)) return read_file(path);
    FolderTree tree = read_folder_tree(path);
    for (const auto& [folder, message] : tree.failures)
      report_.problems.push_back({folder.string(), 0, message});
    std::erase_if(tree.files, [&](const fs::path& file) {
      if (!is_no_text_file(file)) return false;
      pass_over(file);
      return true;
    });
    if (tree.files.empty() && tree.failures.empty())
      report_.problems.push_back({path.string(), 0, "the folder holds no files to import"});
    for (const fs::path& file : tree.files) is_other_xml(file) ? pass_over(file) : read_file(file);
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
    for (NamedPost& post : posts_) emit_post(std::move(post));
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
    std::shared_ptr<SourceText> source;  // kept of standard input
    InputFormat format = InputFormat::Article;
    bool has_unread_date = false;  // which was said
    bool has_documents = false;    // entries that are passed on as they are read, when all others are known

    // Entries of named fields that have none to show as their title. Said once for a file.
    std::size_t untitled = 0;
    std::uint32_t untitled_line = 0;  // of the first
    std::string untitled_fields;      // of the first
    bool has_name = false;            // the title stands in "name"
  };

  struct NamedPost {
    Entry entry;
    bool by_text = false;  // others may have its name: another text is another post
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
    if (!file().source) file().source = std::make_shared<SourceText>(path, encoding_);
    const std::shared_ptr<SourceText> source_text = file().source;
    if (path != kStandardInput) file().source.reset();  // it can be read again
    const std::string_view text = source_text->text();
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return problem(0, "the file is empty");
    if (!listed_) {
      file().format =
          format_
              ? (*format_ == InputFormat::Csv && extension_of(path) == ".tsv" ? InputFormat::Tsv : *format_)
              : detect_format(words_, path, text);
      if (const std::string& found = source_text->found_charset(); !found.empty())
        report_.warnings.push_back({file_name(), 0, "the file is not UTF-8; it was read as " + found});
      if (is_among_drafts(path) && !takes_drafts_) return leave_out(0, {"it lies in a folder of drafts", {}});
    }
    const InputFormat format = file().format;
    if (is_json(format) && !listed_) return void(file().has_documents = true);
    // A broken line of NDJSON keeps no other line back.
    if (const auto& fault = source_text->fault(); fault && format != InputFormat::Ndjson)
      return problem(fault->line, fault->message);
    const bool is_article =
        format == InputFormat::Article || format == InputFormat::Html || format == InputFormat::Markdown;
    if (is_article && text.size() > kMaxDocumentBytes)
      return problem(0, "the article " + too_large_for_document());
    const std::string source = path.filename().string();
    switch (format) {
      case InputFormat::Article:
        return read_list(read_text_lines(text), source);
      case InputFormat::Html:
        return read_page(text, source);
      case InputFormat::Markdown:
        return read_markdown(text, source);
      case InputFormat::Csv:
        return read_csv(text, find_csv_delimiter(text), source);
      case InputFormat::Tsv:
        return read_csv(text, '\t', source);
      case InputFormat::JsonFile:
        return read_json(words_, text, list_, document_sink(), fault_sink());
      case InputFormat::Ndjson:
        return read_ndjson(text, document_sink(), fault_sink());
      case InputFormat::Posts:
        return read_feed(text, source);
    }
  }

  static bool is_json(InputFormat format) {
    return format == InputFormat::JsonFile || format == InputFormat::Ndjson;
  }

  // XML that holds no posts: a map of the site, a program's settings. Not what cannot be read: that is to be
  // said.
  static bool is_other_xml(const fs::path& file) try {
    return extension_of(file) == ".xml" && find_post_file(MappedFile(file).bytes()) == PostFile::None;
  } catch (const Error&) {
    return false;
  }

  void pass_over(const fs::path& file) { ++report_.passed_over[extension_of(file)]; }

  static std::string extension_of(const fs::path& file) { return to_lower_ascii(file.extension().string()); }

  // Whether it was left out as not to be seen yet.
  bool is_left_out(const Json& fields, std::uint32_t line) {
    if (takes_drafts_) return false;
    const auto unpublished = find_unpublished(fields, now_);
    if (unpublished) leave_out(line, *unpublished);
    if (!unpublished) warn_of_unread_date(fields, line);
    return unpublished.has_value();
  }

  // Once for a file.
  void warn_of_unread_date(const Json& fields, std::uint32_t line) {
    if (file().has_unread_date) return;
    const auto name = find_unread_date(fields);
    if (!name) return;
    file().has_unread_date = true;
    report_.warnings.push_back({file_name(), line,
                                "the date " + dump_json(fields[*name]) + " of \"" + *name +
                                    "\" cannot be read; what has such a date counts as published"});
  }

  void leave_out(std::uint32_t line, const Unpublished& why) {
    report_.unpublished.push_back({file_name(), line, why.reason});
    if (why.due && (!report_.due || *why.due < *report_.due)) report_.due = why.due;
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

  // A page without a list is an entry itself, as is one that says what of it is to be searched.
  void read_page(std::string_view text, const std::string& source) {
    HtmlPage page = read_html_page(words_, text);
    if (is_left_out(page.fields, 0)) return;
    if (!words_.empty() && !find_excess(page.lines)) {
      Article article = read_article(words_, page.lines, source);
      const bool is_list = !article.items.empty() && !(page.marked && article.items.front().kind == "other");
      if (is_list) return take_article(std::move(article));
    }
    const std::string title = page.fields.value("title", "");
    std::string description = text_of_lines(page.lines, title);
    if (title.empty() || description.empty()) return read_list(page.lines, source);
    page.fields["description"] = std::move(description);
    const std::string id = post_id(page.fields.value("url", title));
    take_post_fields(std::move(page.fields), id, true, source, 1);
  }

  // A list has headings, or lines as short as headings. Reading an export for lists takes most of its time.
  static bool may_be_list(const std::vector<RawLine>& lines) {
    constexpr std::size_t kLongestHeading = 150;  // bytes
    const auto headings = std::count_if(lines.begin(), lines.end(), [](const RawLine& line) {
      return !line.text.empty() && (line.level > 0 || line.text.size() <= kLongestHeading);
    });
    return static_cast<std::size_t>(headings) >= kMinItems;
  }

  void read_feed(std::string_view text, const std::string& source) {
    if (find_post_file(text) != PostFile::Whole) report_.windows.insert(source);
    // What is wrong with one post keeps no other back.
    const auto sink = [&](Post&& post) {
      const std::uint32_t line = post.line;
      try {
        take_post(std::move(post), source);
      } catch (const Error& error) {
        problem(line, error.what());
      }
    };
    const bool is_json = text.substr(text.find_first_not_of(" \t\r\n")).starts_with('{');
    is_json ? read_json_feed(text, sink, fault_sink()) : read_posts(text, sink, fault_sink());
  }

  // A post may be a list article, as a file of Markdown may.
  void take_post(Post&& post, const std::string& source) {
    if (is_left_out(post.fields, post.line)) return void(report_.withdrawn.insert(post_id(post.identity)));
    const std::string title = text_of_lines(read_html_lines(words_, post.fields.value("title", "")), "");
    post.fields["title"] = title;
    std::vector<RawLine> lines = read_html_lines(words_, without_shortcodes(post.html));
    std::string description = text_of_lines(lines, title);
    if (may_be_list(lines)) {
      for (RawLine& line : lines) line.number = post.line;
      lines.insert(lines.begin(), {title, post.line, 1});
      if (take_as_list(lines, source)) return;
    }
    if (!description.empty()) post.fields["description"] = std::move(description);
    const bool is_named = !post.identity.empty();
    take_post_fields(std::move(post.fields), post_id(is_named ? post.identity : title), !is_named, source,
                     post.line);
  }

  // Of an id there is one post. A title several may have, and the address that a site's template names.
  void emit_post(NamedPost&& post) {
    Entry& entry = post.entry;
    const std::string by_text = entry.id + "-" + content_id(entry.description).substr(4, 8);
    const bool same = post.by_text && seen_.note(by_text, {}).has_value();
    const bool taken = seen_.note(entry.id, {}).has_value();
    if (same || (taken && !post.by_text)) return void(++report_.merged);
    if (taken) entry.id = by_text;
    emit(std::move(entry));
  }

  // No names tell posts from one another, so they are never merged.
  void take_post_fields(Json fields, const std::string& id, bool by_text, const std::string& source,
                        std::uint32_t line) {
    ++report_.found[file_].entries;
    if (fields.value("title", "").empty()) note_untitled(line, fields);
    posts_.push_back({entry_of(std::move(fields), source, line), by_text});
    posts_.back().entry.id = id;
  }

  static std::string post_id(const std::string& identity) { return "post-" + content_id(identity).substr(4); }

  // What could be one text is taken as a list if it has several entries of a known kind.
  bool take_as_list(const std::vector<RawLine>& lines, const std::string& source) {
    if (words_.empty() || find_excess(lines)) return false;
    Article article = read_article(words_, lines, source);
    if (article.items.size() < kMinItems || article.items.front().kind == "other") return false;
    take_article(std::move(article));
    return true;
  }

  void take_article(Article&& article) {
    for (const PassedOver& heading : article.passed_over)
      report_.warnings.push_back(
          {file_name(), heading.line, "the heading \"" + heading.heading + "\" was passed over"});
    article_files_.push_back(file_name());
    report_.found[file_].entries += article.items.size();
    articles_.push_back(std::move(article));
  }

  // A site's generator keeps title, date and tags above an article; what only an entry has is not among
  // it.
  static bool may_be_article(const Json& fields) {
    for (const char* name : {"id", "kind", "artist", "rank"})
      if (fields.contains(name)) return false;
    return !fields.contains("title") || fields["title"].is_string();
  }

  void read_markdown(std::string_view text, const std::string& source) {
    std::optional<FrontMatter> matter;
    try {
      matter = read_front_matter(words_, text);
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
    if (!matter) return read_list(read_markdown_lines(words_, text), source);
    if (is_left_out(matter->fields, 1)) return;
    const std::vector<RawLine> lines = read_lines_below(words_, *matter);
    if (may_be_article(matter->fields) && take_as_list(lines, source)) return;
    Json fields = std::move(matter->fields);
    if (const std::string language = language_in_name(source);
        !language.empty() && !fields.contains("language"))
      fields["language"] = language;
    const auto title = fields.find("title");
    const bool titled = title != fields.end() && !title->is_null() && title->is_primitive();
    if (titled && !title->is_string()) *title = dump_json(*title);  // a song may be 1979
    const std::string text_below = text_of_lines(lines, titled ? title->get<std::string>() : "");
    if (!fields.contains("description") && !text_below.empty()) fields["description"] = text_below;
    take_fields(std::move(fields), source, 1);
  }

  void read_csv(std::string_view text, char delimiter, const std::string& source) {
    CsvReader rows(words_, text, delimiter);
    while (auto row = rows.next()) take_fields(std::move(row->fields), source, row->line);
    if (listed_) return;  // it was read before
    for (const CsvFault& fault : rows.faults()) problem(fault.line, fault.message);
  }

  // An entry of named fields. Those that the import knows by name go to their places, the others stay.
  void take_fields(Json fields, const std::string& source, std::uint32_t line) {
    const std::string id = take_id(fields);
    if (!id.empty() && !listed_) return void(file().has_documents = true);
    if (id.empty() && listed_) return;  // it is among them
    if (fields.empty() && id.empty()) return problem(line, "no fields");
    fields = with_our_names(words_, std::move(fields));
    if (is_left_out(fields, line)) return;
    ++report_.found[file_].entries;
    const auto title = fields.find("title");
    const bool titled =
        title != fields.end() && title->is_string() && !title->get_ref<const std::string&>().empty();
    if (!titled) note_untitled(line, fields);
    Entry entry = entry_of(std::move(fields), source, line);
    entry.id = id;
    if (entry.id.empty() && !entry.title.empty())
      pending_.push_back(std::move(entry));
    else
      pass_on(std::move(entry));
  }

  // A document that has no "title" but something else that can be one, under our names.
  void give_our_names(Entry& document) const {
    Json fields = parse_json(document.raw);
    if (fields.contains("title") && fields["title"].is_object())
      fields = without_markup(words_, std::move(fields));
    fields = with_our_names(words_, std::move(fields));
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

  // A work is one by its artist or kind, under whatever names.
  bool is_left_out(const Entry& document) {
    Json fields = document.extra;
    if (!document.artist.empty()) fields["artist"] = document.artist;
    if (!document.kind.empty()) fields["kind"] = document.kind;
    return is_left_out(fields, document.line);
  }

  void take_document(Entry&& document) {
    try {
      if (document.title.empty()) give_our_names(document);
    } catch (const Error& error) {
      return problem(document.line, error.what());
    }
    if (is_left_out(document)) return;
    ++report_.found[file_].entries;
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
  std::string encoding_;
  std::string list_;
  bool takes_drafts_;
  Time now_ = now();
  ImportReport report_;
  std::vector<Article> articles_;
  std::vector<std::string> article_files_;  // of articles_
  std::vector<NamedPost> posts_;            // and pages
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
