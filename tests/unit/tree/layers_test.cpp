// SPDX-License-Identifier: GPL-2.0-or-later
// The shape of the source tree, held by reading it: includes go one way, each library is seen only
// where it belongs, every file names its licence, no file grows out of hand, and no loop runs over what
// is gone already.
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

// The wings of search: one knows itself and those above it in this list, but `columns` and `postings` not
// each other. What stands in search itself brings them together; of it they know the request only.
struct Wing {
  std::string_view name;
  int floor;
};
constexpr Wing kWings[] = {{"postings", 0}, {"columns", 0}, {"plan", 1}, {"match", 2}, {"rank", 3}, {"present", 4}};

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
      {"httplib", {"http/http_server.cpp"}},
      {"gumbo", {"import/"}},
      {"yaml-cpp/", {"import/"}},
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

// The floor of a file of search, "search/plan/query_plan.h"; those in search itself stand above all wings.
int floor_of(std::string_view path) {
  const std::string_view inside = path.substr(path.find('/') + 1);
  for (const Wing& wing : kWings)
    if (folder_of(inside) == wing.name) return wing.floor;
  return 5;
}

bool may_include_of_search(std::string_view from, std::string_view to) {
  if (to == "search/search_request.h" || floor_of(from) > floor_of(to)) return true;
  return from.substr(0, from.rfind('/')) == to.substr(0, to.rfind('/'));
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
  CHECK(may_include_of_search("search/match/features.h", "search/plan/query_plan.h"));
  CHECK(may_include_of_search("search/searcher.cpp", "search/match/features.h"));
  CHECK_FALSE(may_include_of_search("search/plan/query_plan.h", "search/match/features.h"));
  CHECK_FALSE(may_include_of_search("search/columns/sort.h", "search/postings/term_postings.h"));
  CHECK_FALSE(may_include_of_search("search/rank/ranking.h", "search/searcher.h"));
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

TEST_CASE("a wing of search knows nothing of the wings above it") {
  for (const fs::path& file : code_below("src/search")) {
    const std::string path = relative_to_src(file);
    for (const Include& include : includes_of(text_of(file))) {
      if (!include.name.starts_with("search/")) continue;
      CAPTURE(path);
      CAPTURE(include.name);
      CHECK(may_include_of_search(path, include.name));
    }
  }
}

TEST_CASE("no two units of a folder of search include each other, directly or by others") {
  std::map<std::string, std::set<std::string>> included;  // by unit: those of its folder
  const auto unit_of = [](std::string path) { return path.substr(0, path.rfind('.')); };
  for (const fs::path& file : code_below("src/search")) {
    const std::string unit = unit_of(relative_to_src(file));
    for (const Include& include : includes_of(text_of(file))) {
      const std::string other = unit_of(include.name);
      if (other != unit && other.substr(0, other.rfind('/')) == unit.substr(0, unit.rfind('/')))
        included[unit].insert(other);
    }
  }
  // Units that include nothing that is still there are taken away until none is left, or only circles.
  for (std::size_t before = included.size() + 1; before > included.size();) {
    before = included.size();
    for (auto& [unit, others] : included)
      std::erase_if(others, [&](const std::string& other) { return !included.contains(other); });
    std::erase_if(included, [](const auto& unit) { return unit.second.empty(); });
  }
  for (const auto& [unit, others] : included) FAIL_CHECK(unit << " includes " << *others.begin());
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
