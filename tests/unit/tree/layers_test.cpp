// SPDX-License-Identifier: GPL-2.0-or-later
// The shape of the source tree, held by reading it: includes go one way and in no circle, each library is
// seen only where it belongs, every file names its licence, no file or line grows out of hand, and no loop
// runs over what is gone already.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("tree/layers");

namespace {

namespace fs = std::filesystem;

// A folder may include itself and what stands right of it. `web` is data for `http` and knows only base.
constexpr std::string_view kLayers[] = {"cli",   "http",   "eval", "engine", "search",
                                        "index", "import", "text", "base"};

// Folders with wings, the folders in them. A wing may include itself and what stands right of it; what lies
// beside the wings stands above them, but for `shared`, which they may include.
struct Wings {
  std::string_view folder;
  std::vector<std::string_view> names;
  std::string_view shared = {};
};
const std::vector<Wings> kWings{{"search",
                                 {"present", "rank", "match", "plan", "curate", "columns", "postings"},
                                 "search/search_request.h"},
                                {"import", {"page", "read", "title", "words"}, "import/entry.h"}};

// Where a library may be seen: folders of src, or paths below it. A library that is not here may be
// seen everywhere.
struct LibraryRule {
  std::string_view header;  // how the included name begins
  std::vector<std::string_view> places;
};

const std::vector<LibraryRule>& library_rules() {
  static const std::vector<LibraryRule> rules{
      {"unicode/", {"text/"}},
      {"mecab", {"text/"}},
      {"xapian", {"text/", "index/", "search/"}},
      {"httplib", {"http/http_server.cpp", "cli/service_manager."}},
      {"gumbo", {"import/"}},
      {"yaml-cpp/", {"import/"}},
      {"libxml/", {"import/"}},
      {"toml++/", {"import/"}},
      {"sqlite3", {"index/sqlite.", "engine/"}},
      {"openssl/", {"base/", "engine/tenant_token.", "engine/webhook_post."}},
      {"zlib", {"base/", "engine/dump.", "engine/dump_lines.", "http/content_coding."}},
      {"brotli/", {"http/content_coding."}},
      {"CLI/", {"cli/"}},
  };
  return rules;
}

// Files that may be long, with the reason.
struct LongFile {
  std::string_view path;
  std::string_view reason;
};
constexpr std::size_t kMaxLines = 600;
const std::vector<LongFile> kLongFiles{};
constexpr std::ptrdiff_t kColumnLimit = 110;  // of .clang-format

struct Include {
  std::string name;
  bool quoted = false;  // "ours" against <theirs>
};

const fs::path kRoot = NUNMUL_SOURCE_DIR;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

bool is_code(const fs::path& file) { return file.extension() == ".cpp" || file.extension() == ".h"; }

std::vector<fs::path> code_below(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
    if (entry.is_regular_file() && is_code(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<Include> includes_of(const std::string& text) {
  std::vector<Include> includes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find_first_not_of(" \t");
    if (at == std::string::npos || line.compare(at, 8, "#include") != 0) continue;
    const std::size_t begin = line.find_first_of("<\"", at);
    if (begin == std::string::npos) continue;
    const std::size_t end = line.find_first_of(">\"", begin + 1);
    if (end == std::string::npos) continue;
    includes.push_back({line.substr(begin + 1, end - begin - 1), line[begin] == '"'});
  }
  return includes;
}

std::ptrdiff_t characters_of(const std::string& utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](unsigned char byte) { return (byte & 0xC0) != 0x80; });
}

std::string folder_of(std::string_view path) { return std::string(path.substr(0, path.find('/'))); }

// The number of a folder in kLayers, or -1 for another one.
int layer_of(const std::string& folder) {
  const auto found = std::find(std::begin(kLayers), std::end(kLayers), folder);
  return found == std::end(kLayers) ? -1 : static_cast<int>(found - std::begin(kLayers));
}

bool may_include(const std::string& from, const std::string& to) {
  if (from == to || from == "main.cpp") return true;
  if (from == "web") return to == "base";
  if (to == "web") return from == "http";
  return layer_of(from) >= 0 && layer_of(to) >= layer_of(from);
}

// The wing in which a path below the folder lies; "" beside them.
std::string wing_of(std::string_view path, std::string_view folder) {
  path.remove_prefix(folder.size() + 1);
  const std::size_t slash = path.find('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

bool may_include_wing(const Wings& wings, const std::string& from, const std::string& to) {
  const auto place = [&](const std::string& wing) {
    return std::find(wings.names.begin(), wings.names.end(), wing) - wings.names.begin();
  };
  return from.empty() || (!to.empty() && place(to) >= place(from));
}

bool library_allowed(std::string_view path, std::string_view header) {
  for (const LibraryRule& rule : library_rules())
    if (header.starts_with(rule.header))
      return std::any_of(rule.places.begin(), rule.places.end(),
                         [&](std::string_view place) { return path.starts_with(place); });
  return true;
}

std::string relative_to_root(const fs::path& file) { return file.lexically_relative(kRoot).generic_string(); }
std::string relative_to_src(const fs::path& file) {
  return file.lexically_relative(kRoot / "src").generic_string();
}

// Whether a line loops over items() of a value that a call returns: "for (auto& [k, v] : f(x).items())".
// items() refers to its value, which is gone before the first round. at() returns a reference.
bool loops_over_temporary_items(std::string_view line) {
  const std::size_t loop = line.find("for (");
  const std::size_t items = line.find(").items()");
  if (loop == std::string_view::npos || items == std::string_view::npos || items < line.find(" : ", loop))
    return false;
  std::size_t open = items;
  for (int depth = 1; depth > 0 && open > 0;) {
    --open;
    depth += line[open] == ')' ? 1 : line[open] == '(' ? -1 : 0;
  }
  const std::string_view called = line.substr(0, open);
  return !called.ends_with(".at") && !called.ends_with("->at");
}

TEST_CASE("the rules know what they forbid") {
  CHECK(may_include("http", "base"));
  CHECK_FALSE(may_include("base", "http"));
  CHECK_FALSE(may_include("text", "import"));
  CHECK_FALSE(may_include("search", "web"));
  CHECK_FALSE(may_include("unheard_of", "base"));
  const Wings wings{"house", {"roof", "floor"}};
  CHECK(wing_of("house/door.h", "house").empty());
  CHECK(wing_of("house/roof/tile.h", "house") == "roof");
  CHECK(may_include_wing(wings, "", "roof"));
  CHECK(may_include_wing(wings, "roof", "floor"));
  CHECK_FALSE(may_include_wing(wings, "floor", "roof"));
  CHECK_FALSE(may_include_wing(wings, "floor", ""));
  CHECK(library_allowed("text/fold.cpp", "unicode/normalizer2.h"));
  CHECK_FALSE(library_allowed("search/match.cpp", "unicode/normalizer2.h"));
  CHECK_FALSE(library_allowed("http/router.cpp", "httplib.h"));
  CHECK(library_allowed("http/router.cpp", "vector"));
  const auto includes =
      includes_of("#include <a/b.h>\n  #include \"c.h\"  // why\n// #include <d.h>\nint x;\n");
  REQUIRE(includes.size() == 2);
  CHECK(includes[0].name == "a/b.h");
  CHECK_FALSE(includes[0].quoted);
  CHECK(includes[1].name == "c.h");
}

TEST_CASE("a loop over the items of a temporary is told from others") {
  CHECK(loops_over_temporary_items(
      "  for (const auto& [name, value] : parse_json(f(x)).items()) --total[name];"));
  CHECK(loops_over_temporary_items(
      "for (const auto& [a, b] : run(x).counts.value_or(Json::object()).items())"));
  CHECK_FALSE(loops_over_temporary_items("for (const auto& [name, value] : json.items())"));
  CHECK_FALSE(loops_over_temporary_items("for (const auto& [name, value] : json.at(\"a\").items())"));
  CHECK_FALSE(loops_over_temporary_items("const auto items = parse_json(text).items();"));
}

TEST_CASE("no loop runs over the items of a temporary") {
  for (const char* folder : {"src", "tests"})
    for (const fs::path& file : code_below(folder)) {
      if (file.filename() == "layers_test.cpp") continue;
      std::istringstream lines(text_of(file));
      int number = 0;
      for (std::string line; std::getline(lines, line);) {
        ++number;
        CAPTURE(relative_to_root(file));
        CAPTURE(number);
        CHECK_FALSE(loops_over_temporary_items(line));
      }
    }
}

TEST_CASE("src has the folders of the map and no others") {
  for (const auto& entry : fs::directory_iterator(kRoot / "src")) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    if (entry.is_directory())
      CHECK((layer_of(name) >= 0 || name == "web"));
    else
      CHECK((name == "main.cpp" || name == "README.md"));
  }
}

TEST_CASE("a folder includes itself and what stands right of it") {
  const auto files = code_below("src");
  REQUIRE(files.size() > 50);
  for (const fs::path& file : files) {
    const std::string path = relative_to_src(file);
    for (const Include& include : includes_of(text_of(file))) {
      if (!include.quoted) continue;
      CAPTURE(path);
      CAPTURE(include.name);
      CHECK_MESSAGE(fs::exists(kRoot / "src" / include.name), "our includes name the path from src");
      CHECK(may_include(folder_of(path), folder_of(include.name)));
    }
  }
}

TEST_CASE("a wing includes itself and what stands right of it") {
  for (const Wings& wings : kWings) {
    const std::string folder(wings.folder);
    for (const auto& entry : fs::directory_iterator(kRoot / "src" / folder)) {
      const std::string name = entry.path().filename().string();
      CAPTURE(name);
      if (entry.is_directory())
        CHECK(std::find(wings.names.begin(), wings.names.end(), name) != wings.names.end());
    }
    for (const fs::path& file : code_below(("src/" + folder).c_str())) {
      const std::string path = relative_to_src(file);
      for (const Include& include : includes_of(text_of(file))) {
        if (!include.quoted || folder_of(include.name) != folder) continue;
        CAPTURE(path);
        CAPTURE(include.name);
        if (include.name == wings.shared) continue;
        CHECK(may_include_wing(wings, wing_of(path, folder), wing_of(include.name, folder)));
      }
    }
  }
}

// A unit is a .cpp and the .h of its name.
TEST_CASE("the units of folders with wings include each other in no circle") {
  std::map<std::string, std::set<std::string>> includes;
  for (const Wings& wings : kWings)
    for (const fs::path& file : code_below(("src/" + std::string(wings.folder)).c_str())) {
      const std::string unit = fs::path(relative_to_src(file)).replace_extension().generic_string();
      for (const Include& include : includes_of(text_of(file))) {
        const std::string other = fs::path(include.name).replace_extension().generic_string();
        if (include.quoted && other != unit) includes[unit].insert(other);
      }
    }
  // Takes away the units that include none of those that are left, until nothing changes.
  for (std::size_t before = 0; before != includes.size();) {
    before = includes.size();
    std::erase_if(includes, [&](const auto& unit) {
      return std::none_of(unit.second.begin(), unit.second.end(),
                          [&](const std::string& other) { return includes.contains(other); });
    });
  }
  for (const auto& [unit, others] : includes) FAIL_CHECK(unit << " is in a circle of includes or above one");
}

TEST_CASE("each library is seen only where it belongs") {
  for (const fs::path& file : code_below("src")) {
    const std::string path = relative_to_src(file);
    for (const Include& include : includes_of(text_of(file))) {
      if (include.quoted) continue;
      CAPTURE(path);
      CAPTURE(include.name);
      CHECK(library_allowed(path, include.name));
    }
  }
}

TEST_CASE("every source file begins with its licence") {
  for (const char* folder : {"src", "tests"})
    for (const fs::path& file : code_below(folder)) {
      CAPTURE(relative_to_root(file));
      CHECK(text_of(file).starts_with("// SPDX-License-Identifier: GPL-2.0-or-later\n"));
    }
}

TEST_CASE("headers are guarded by #pragma once, and no source file includes a .cpp") {
  for (const char* folder : {"src", "tests"})
    for (const fs::path& file : code_below(folder)) {
      const std::string text = text_of(file);
      CAPTURE(relative_to_root(file));
      if (file.extension() == ".h") CHECK(text.find("\n#pragma once\n") != std::string::npos);
      for (const Include& include : includes_of(text)) CHECK_FALSE(include.name.ends_with(".cpp"));
    }
}

TEST_CASE("no file is long without a reason") {
  for (const char* folder : {"src", "tests"})
    for (const fs::path& file : code_below(folder)) {
      const std::string path = relative_to_root(file);
      if (std::any_of(std::begin(kLongFiles), std::end(kLongFiles),
                      [&](const LongFile& allowed) { return allowed.path == path; }))
        continue;
      const std::string text = text_of(file);
      const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
      CAPTURE(path);
      CHECK_MESSAGE(lines <= kMaxLines, "a cut, or a row in kLongFiles that says why not");
    }
}

TEST_CASE("no line is longer than the column limit, but for tables that clang-format leaves alone") {
  for (const char* folder : {"src", "tests"})
    for (const fs::path& file : code_below(folder)) {
      std::istringstream lines(text_of(file));
      int number = 0;
      bool is_table = false;
      for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.find("// clang-format o") != std::string::npos) is_table = line.ends_with("off");
        if (is_table || characters_of(line) <= kColumnLimit) continue;
        FAIL_CHECK(relative_to_root(file)
                   << ":" << number << " has " << characters_of(line) << " characters");
      }
    }
}

TEST_CASE("the walks of CONTRIBUTING.md name files that are there, and at most three steps") {
  std::istringstream lines(text_of(kRoot / "docs/CONTRIBUTING.md"));
  std::size_t walks = 0;
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    walks += line.starts_with("## ");
    CHECK_FALSE(line.starts_with("4. "));
    for (std::size_t begin = line.find('`'); begin != std::string::npos; begin = line.find('`', begin + 1)) {
      const std::size_t end = line.find('`', begin + 1);
      if (end == std::string::npos) break;
      const std::string name = line.substr(begin + 1, end - begin - 1);
      begin = end;
      const bool is_path = name.find('/') != std::string::npos && name.find(' ') == std::string::npos;
      const bool is_pattern = name.find("NAME") != std::string::npos || name.find("xx") != std::string::npos;
      if (is_path && !is_pattern) CHECK_MESSAGE(fs::exists(kRoot / name), name);
    }
  }
  CHECK(walks >= 6);
}

TEST_CASE("a unit includes its own header first, so that the header stands alone") {
  for (const fs::path& file : code_below("src")) {
    if (file.extension() != ".cpp" || file.filename() == "main.cpp") continue;
    const auto includes = includes_of(text_of(file));
    const std::string header = fs::path(relative_to_src(file)).replace_extension(".h").generic_string();
    CAPTURE(header);
    if (fs::exists(kRoot / "src" / header)) {
      REQUIRE_FALSE(includes.empty());
      CHECK_MESSAGE(includes.front().name == header, "a unit includes its own header first");
    }
  }
}

}  // namespace

TEST_SUITE_END();
