// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/import.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

#include "base/ascii_text.h"
#include "base/document_limit.h"
#include "base/error.h"
#include "base/files.h"
#include "import/article_import.h"
#include "import/entry_output.h"
#include "import/field_import.h"
#include "import/import_log.h"
#include "import/post_import.h"
#include "import/read/csv_reader.h"
#include "import/read/feed_reader.h"
#include "import/read/folder_tree.h"
#include "import/read/input_format.h"
#include "import/read/raw_line.h"
#include "import/read/source_text.h"
#include "import/words/word_lists.h"
#include "text/charset.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

std::string extension_of(const fs::path& file) { return to_lower_ascii(file.extension().string()); }

// XML that holds no posts: a map of the site, a program's settings. Not what cannot be read: that is to be
// said.
bool is_other_xml(const fs::path& file) try {
  return extension_of(file) == ".xml" && find_post_file(MappedFile(file).bytes()) == PostFile::None;
} catch (const Error&) {
  return false;
}

bool is_json(InputFormat format) { return format == InputFormat::JsonFile || format == InputFormat::Ndjson; }

bool is_article(InputFormat format) {
  return format == InputFormat::Article || format == InputFormat::Html || format == InputFormat::Markdown;
}

// Nothing for "auto": each file's content tells it.
std::optional<InputFormat> read_format(const std::string& name) {
  if (name == "auto") return std::nullopt;
  if (const auto format = read_input_format(name)) return format;
  std::string names;
  for (const std::string& known : input_format_names()) names += (names.empty() ? "" : ", ") + known;
  throw Error(ErrorCode::InvalidInput, "Format \"" + name + "\" is not one of " + names + ".");
}

// "" for "by the bytes of each file".
std::string read_encoding(const std::string& name) {
  if (name.empty() || is_charset(name)) return name;
  throw Error(ErrorCode::InvalidInput, "The encoding \"" + name + "\" is not known.");
}

// One run over all files.
class Import {
 public:
  Import(const ImportOptions& options, const EntrySink& sink)
      : format_(read_format(options.format)),
        encoding_(read_encoding(options.encoding)),
        list_(options.list),
        words_(options.word_lists),
        log_(options.drafts),
        output_(log_, sink),
        articles_(words_, options.word_lists, options.names_file, options.overrides_file, log_),
        posts_(words_, articles_, output_, log_),
        fields_(words_, articles_, output_, log_) {}

  void read(const fs::path& path) {
    if (path == kStandardInput) return read_file(path);
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return add_problem(path, "there is no such file or folder");
    fs::is_directory(status) ? read_folder(path) : read_file(path);
  }

  ImportReport finish() {
    output_.merge_listed(articles_.resolve());
    for (std::size_t file = 0; file < files_.size(); ++file) {
      log_.return_to(file);
      if (files_[file].has_documents) read_guarded();
    }
    output_.finish();
    log_.finish();
    articles_.finish();
    return std::move(log_.report);
  }

 private:
  struct File {
    fs::path path;
    std::shared_ptr<SourceText> source;  // kept of standard input
    InputFormat format = InputFormat::Article;
    bool has_documents = false;  // entries that are passed on as they are read, when all others are known
  };

  void add_problem(const fs::path& path, const std::string& message) {
    log_.report.problems.push_back({path.string(), 0, message});
  }

  void pass_over(const fs::path& file) { ++log_.report.passed_over[extension_of(file)]; }

  void read_folder(const fs::path& path) {
    FolderTree tree = read_folder_tree(path);
    for (const auto& [folder, message] : tree.failures) add_problem(folder, message);
    std::erase_if(tree.files, [&](const fs::path& file) {
      if (!is_no_text_file(file)) return false;
      pass_over(file);
      return true;
    });
    if (tree.files.empty() && tree.failures.empty()) add_problem(path, "the folder holds no files to import");
    for (const fs::path& file : tree.files) is_other_xml(file) ? pass_over(file) : read_file(file);
  }

  void read_file(const fs::path& path) {
    log_.begin_file(path);
    files_.emplace_back().path = path;
    read_guarded();
  }

  void read_guarded() {
    try {
      read_one();
    } catch (const Error& error) {
      log_.problem(0, error.what());
    }
  }

  File& file() { return files_[log_.file()]; }

  InputFormat format_of(const fs::path& path, std::string_view text) const {
    if (!format_) return detect_format(words_, path, text);
    return *format_ == InputFormat::Csv && extension_of(path) == ".tsv" ? InputFormat::Tsv : *format_;
  }

  void read_one() {
    File& here = file();
    if (!here.source) here.source = std::make_shared<SourceText>(here.path, encoding_);
    const std::shared_ptr<SourceText> source = here.source;
    if (here.path != kStandardInput) here.source.reset();  // it can be read again
    const std::string_view text = source->text();
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
      return log_.problem(0, "the file is empty");
    if (!output_.has_merged()) {
      here.format = format_of(here.path, text);
      if (const std::string& found = source->found_charset(); !found.empty())
        log_.warn(0, "the file is not UTF-8; it was read as " + found);
      if (log_.is_left_out(here.path)) return;
      if (is_json(here.format)) return void(here.has_documents = true);
    }
    // A broken line of NDJSON keeps no other line back.
    if (const auto& fault = source->fault(); fault && here.format != InputFormat::Ndjson)
      return log_.problem(fault->line, fault->message);
    if (is_article(here.format) && text.size() > kMaxDocumentBytes)
      return log_.problem(0, "the article " + too_large_for_document());
    if (read_text(text, here.format, here.path.filename().string()) == HasDocuments::Yes)
      here.has_documents = true;
  }

  HasDocuments read_text(std::string_view text, InputFormat format, const std::string& source) {
    switch (format) {
      case InputFormat::Article:
        articles_.read_list(read_text_lines(text), source);
        break;
      case InputFormat::Html:
        posts_.read_page(text, source);
        break;
      case InputFormat::Posts:
        posts_.read_feed(text, source);
        break;
      case InputFormat::Markdown:
        return fields_.read_markdown(text, source);
      case InputFormat::Csv:
        return fields_.read_csv(text, find_csv_delimiter(text), source);
      case InputFormat::Tsv:
        return fields_.read_csv(text, '\t', source);
      case InputFormat::JsonFile:
        fields_.read_json_documents(text, list_);
        break;
      case InputFormat::Ndjson:
        fields_.read_ndjson_documents(text);
        break;
    }
    return HasDocuments::No;
  }

  std::optional<InputFormat> format_;  // nothing: by each file
  std::string encoding_;
  std::string list_;
  WordLists words_;
  ImportLog log_;
  EntryOutput output_;
  ArticleImport articles_;
  PostImport posts_;
  FieldImport fields_;
  std::vector<File> files_;  // as in log_.report.found
};

}  // namespace

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
