// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/kana_reader.h"

#include <mecab.h>

#include "base/utf8.h"
#include "text/japanese.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxTextBytes = 1000;  // names are short, and so is what is worth reading of others
constexpr int kReadingField = 7;             // of ipadic's features, counted from 0

// The field of a line of fields between commas, or "".
std::string_view field(std::string_view line, int number) {
  for (; number > 0; --number) {
    const std::size_t comma = line.find(',');
    if (comma == std::string_view::npos) return {};
    line.remove_prefix(comma + 1);
  }
  return line.substr(0, line.find(','));
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
  // The tagger is shared, the lattice holds the state of one sentence.
  thread_local const std::unique_ptr<MeCab::Lattice> lattice(MeCab::createLattice());
  text = utf8_prefix(text, kMaxTextBytes);
  lattice->set_sentence(text.data(), text.size());
  if (!model_->tagger->parse(lattice.get())) return to_hiragana(text);
  std::string out;
  for (const MeCab::Node* node = lattice->bos_node(); node; node = node->next) {
    if (node->stat == MECAB_BOS_NODE || node->stat == MECAB_EOS_NODE) continue;
    const std::string_view reading = field(node->feature, kReadingField);
    out += to_hiragana(reading.empty() || reading == "*" ? std::string_view(node->surface, node->length)
                                                         : reading);
  }
  lattice->clear();
  return out;
}

std::size_t KanaReader::entries() const { return model_->model->dictionary_info()->size; }

std::string KanaReader::version() const {
  const MeCab::DictionaryInfo* info = model_->model->dictionary_info();
  return std::to_string(info->version) + "/" + std::to_string(info->size);
}

}  // namespace nunmul
