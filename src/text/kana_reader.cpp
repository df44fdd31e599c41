// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/kana_reader.h"

#include <mecab.h>

#include <algorithm>
#include <iterator>

#include "base/utf8.h"
#include "text/japanese.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxTextBytes = 1000;  // names are short, and so is what is worth reading of others
// The fields of ipadic's features, counted from 0.
constexpr int kPartField = 0;
constexpr int kSubpartField = 1;
constexpr int kInflectionField = 4;
constexpr int kBaseField = 6;
constexpr int kReadingField = 7;

// The field of a line of fields between commas, or "".
std::string_view field(std::string_view line, int number) {
  for (; number > 0; --number) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos) return {};
    line.remove_prefix(comma + 1);
  }
  return line.substr(0, line.find(','));
}

// The first row whose parts of speech fit decides; "" fits any.
struct RoleRow {
  std::string_view part, subpart;
  JapaneseWord::Role role;
};
constexpr RoleRow kRoles[] = {
    {"助動詞", "", JapaneseWord::Role::Ending},      {"助詞", "接続助詞", JapaneseWord::Role::Ending},
    {"動詞", "接尾", JapaneseWord::Role::Ending},    {"動詞", "非自立", JapaneseWord::Role::Ending},
    {"形容詞", "接尾", JapaneseWord::Role::Ending},  {"形容詞", "非自立", JapaneseWord::Role::Ending},
    {"助詞", "", JapaneseWord::Role::Grammar},       {"フィラー", "", JapaneseWord::Role::Grammar},
    {"記号", "", JapaneseWord::Role::Grammar},       {"名詞", "非自立", JapaneseWord::Role::Grammar},
    {"名詞", "代名詞", JapaneseWord::Role::Grammar}, {"名詞", "接尾", JapaneseWord::Role::Ending},
    {"連体詞", "", JapaneseWord::Role::Grammar},     {"接続詞", "", JapaneseWord::Role::Grammar},
    {"", "", JapaneseWord::Role::Content},
};

JapaneseWord::Role role_of(std::string_view feature) {
  const std::string_view part = field(feature, kPartField), subpart = field(feature, kSubpartField);
  return std::find_if(std::begin(kRoles), std::end(kRoles),
                      [&](const RoleRow& row) {
                        return (row.part.empty() || row.part == part) &&
                               (row.subpart.empty() || row.subpart == subpart);
                      })
      ->role;
}

// The lattice holds the state of one sentence; the tagger is shared.
MeCab::Lattice& lattice_of_thread() {
  thread_local const std::unique_ptr<MeCab::Lattice> lattice(MeCab::createLattice());
  return *lattice;
}

}  // namespace

struct KanaReader::Model {
  std::unique_ptr<MeCab::Model> model;
  std::unique_ptr<MeCab::Tagger> tagger;
};

std::unique_ptr<KanaReader> KanaReader::open(const std::filesystem::path& dictionary) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(dictionary / "sys.dic", ignored)) return nullptr;
  auto model = std::make_unique<Model>();
  // Without a resource file: what the user has in it must not change an index.
  model->model.reset(MeCab::createModel(("-r /dev/null -d " + dictionary.string()).c_str()));
  if (!model->model) return nullptr;
  const std::string charset = model->model->dictionary_info()->charset;
  if (charset != "UTF-8" && charset != "utf8" && charset != "utf-8") return nullptr;
  model->tagger.reset(model->model->createTagger());
  if (!model->tagger) return nullptr;
  return std::unique_ptr<KanaReader>(new KanaReader(std::move(model)));
}

KanaReader::KanaReader(std::unique_ptr<Model> model) : model_(std::move(model)) {}
KanaReader::~KanaReader() = default;

std::string KanaReader::read(std::string_view text) const {
  MeCab::Lattice& lattice = lattice_of_thread();
  text = utf8_prefix(text, kMaxTextBytes);
  lattice.set_sentence(text.data(), text.size());
  if (!model_->tagger->parse(&lattice)) return to_hiragana(text);
  std::string out;
  for (const MeCab::Node* node = lattice.bos_node(); node; node = node->next) {
    if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE) continue;
    const std::string_view reading = field(node->feature, kReadingField);
    out += to_hiragana(reading.empty() || reading == "*" ? std::string_view(node->surface, node->length)
                                                         : reading);
  }
  lattice.clear();
  return out;
}

std::vector<JapaneseWord> KanaReader::words(std::string_view text) const {
  MeCab::Lattice& lattice = lattice_of_thread();
  const std::string_view read = utf8_prefix(text, kMaxTextBytes);
  std::vector<JapaneseWord> words;
  lattice.set_sentence(read.data(), read.size());
  if (model_->tagger->parse(&lattice)) {
    std::uint32_t at = 0;
    for (const MeCab::Node* node = lattice.bos_node(); node; node = node->next) {
      if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE) continue;
      JapaneseWord& word = words.emplace_back();
      word.begin = at;
      at = word.end = static_cast<std::uint32_t>(node->surface + node->length - read.data());
      word.role = role_of(node->feature);
      if (const std::string_view inflection = field(node->feature, kInflectionField); inflection != "*") {
        word.base = field(node->feature, kBaseField);
        word.inflection = inflection;
      }
    }
    lattice.clear();
  }
  const std::uint32_t end = words.empty() ? 0 : words.back().end;
  if (end < text.size()) words.push_back({.begin = end, .end = static_cast<std::uint32_t>(text.size())});
  return words;
}

std::size_t KanaReader::entries() const { return model_->model->dictionary_info()->size; }

std::string KanaReader::version() const {
  const MeCab::DictionaryInfo* info = model_->model->dictionary_info();
  return std::to_string(info->version) + "/" + std::to_string(info->size);
}

}  // namespace nunmul
