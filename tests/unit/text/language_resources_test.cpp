// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: what is present is used and reported, what is absent is reported and missed by nobody; a
// file that cannot be understood is named; names and themes are found in every script, over the
// borders of words, and not inside of other words.
#include "text/language_resources.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.h"
#include "text/analyzer.h"
#include "text/fold.h"
#include "text/tokenizer.h"
#include "unit/text/sample_resources.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/language_resources");

namespace {

using Words = std::vector<std::string>;

// "text span = id" of each match, "?" behind the ambiguous ones.
Words names_in(std::string_view text) {
  const Analyzer analyzer(sample_resources());
  const std::vector<Token> tokens = analyzer.tokenize(text);
  Words out;
  for (const NameMatch& match : analyzer.resources().find_names(tokens)) {
    const std::uint32_t begin = tokens[match.first].begin;
    const std::uint32_t end = tokens[match.first + match.count - 1].end;
    out.push_back(std::string(text.substr(begin, end - begin)) + " = " +
                  analyzer.resources().name_groups()[match.group].id + (match.ambiguous ? "?" : ""));
  }
  return out;
}

Words concepts_in(std::string_view text) {
  const Analyzer analyzer(sample_resources());
  Words out;
  for (const ConceptMatch& match : analyzer.resources().find_concepts(analyzer.tokenize(text))) {
    out.push_back(std::string(match.id) + (match.ambiguous ? "?" : ""));
  }
  return out;
}

Token token(std::string_view word) { return Analyzer(sample_resources()).tokenize(word).at(0); }

}  // namespace

TEST_CASE("each resource has a line of status") {
  const auto resources = sample_resources();
  Words names;
  for (const ResourceStatus& status : resources->status()) {
    names.push_back(status.name);
    CAPTURE(status.name);
    if (status.name == "mecab" || status.name == "hunspell-ko") continue;
    if (status.name == "edict" || status.name == "cldr annotations" || status.name == "cldr names") {
      CHECK_FALSE(status.present);
      continue;
    }
    CHECK(status.present);
    CHECK(status.entries > 0);
  }
  CHECK(names == Words{"particles-ko.txt", "endings-ko.txt", "stopwords.txt", "request-words.txt",
                       "errand-words.txt", "kyujitai.tsv", "hanja.tsv", "names.json", "concepts.json",
                       "labels.json", "mecab", "hunspell-ko", "edict", "cldr annotations", "cldr names"});
}

TEST_CASE("an empty folder gives resources of which everything is absent") {
  const auto resources = resources_of({});
  for (const ResourceStatus& status : resources->status()) {
    if (status.name != "mecab" && status.name != "hunspell-ko") CHECK_FALSE(status.present);
  }
  const Analyzer analyzer(resources);
  CHECK(analyzer.tokenize("비가 the 少女時代").size() == 4);
  CHECK(resources->find_names(analyzer.tokenize("윤하")).empty());
  CHECK(resources->find_concepts(analyzer.tokenize("이별")).empty());
  CHECK_FALSE(resources->is_stop_word(token("the")));
}

TEST_CASE("the Korean word list decides terms, and may be absent") {
  const auto without = sample_resources();
  std::vector<SampleFile> files = sample_files();
  files.push_back({"ko.dic", "2\n편지/25\n걷다/55\n"});
  const auto with = resources_of(files);
  CHECK(without->korean_lexicon().empty());
  CHECK(with->korean_lexicon().entries() == 2);
  CHECK(with->fingerprint() != without->fingerprint());
  const auto has = [](const auto& resources, std::string_view text, const Term& term) {
    const auto terms = Analyzer(resources).analyze(text).terms;
    return std::find(terms.begin(), terms.end(), term) != terms.end();
  };
  const Term walk{Family::HangulVerb, "걷다", 0}, written{Family::HangulStem, "걸었다", 0};
  CHECK(has(with, "걸었다", walk));
  CHECK_FALSE(has(without, "걸었다", walk));
  CHECK(has(with, "걸었다", written));
  CHECK(has(without, "걸었다", written));
}

TEST_CASE("the fingerprint changes with what decides terms, and with nothing else") {
  const std::uint64_t first = sample_resources()->fingerprint();
  CHECK(first == sample_resources()->fingerprint());
  std::vector<SampleFile> files = sample_files();
  const auto stop_words =
      std::find_if(files.begin(), files.end(), [](const auto& f) { return f.name == "stopwords.txt"; });
  stop_words->bytes += "a\n";
  CHECK(resources_of(files)->fingerprint() == first);
  const auto labels =
      std::find_if(files.begin(), files.end(), [](const auto& f) { return f.name == "labels.json"; });
  labels->bytes = "[]";
  CHECK(resources_of(files)->fingerprint() == first);
  files[0].bytes += "보다\n";
  CHECK(resources_of(files)->fingerprint() != first);
}

TEST_CASE("values are called as labels.json says, themes else by the first words of their concept") {
  const auto resources = sample_resources();
  const ValueLabels& labels = resources->labels();
  CHECK(labels.find("ko", "kind", "song") == "노래");
  CHECK(labels.find("ja", "kind", "song") == "曲");
  CHECK(labels.find("en", "kind", "song") == "song");
  CHECK(labels.find("ko", "themes", "breakup") == "작별");
  CHECK(labels.find("ja", "themes", "breakup") == "別れ");
  CHECK(labels.find("ko", "themes", "nothing of ours") == "nothing of ours");
  CHECK(labels.in("fr").empty());
}

TEST_CASE("stop words are known by word and by stem") {
  const auto resources = sample_resources();
  CHECK(resources->is_stop_word(token("The")));
  CHECK(resources->is_stop_word(token("does")) == false);
  CHECK(resources->is_stop_word(token("doing")));
  CHECK(resources->is_stop_word(token("どこ")));
  CHECK_FALSE(resources->is_stop_word(token("rain")));
}

TEST_CASE("a word that asks for a list is a stop word") {
  const auto resources = sample_resources();
  CHECK(resources->is_request_word(token("おすすめ")));
  CHECK(resources->is_stop_word(token("おすすめ")));
  CHECK(resources->is_request_word(token("Recommendations")));
  CHECK_FALSE(resources->is_request_word(token("the")));
}

TEST_CASE("everyday errands are found by their words and phrases, inflected too") {
  const auto resources = sample_resources();
  const Analyzer analyzer(resources);
  const auto errand = [&](std::string_view query) {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (const PhraseMatch& match : resources->find_errands(analyzer.tokenize(query)))
      places.emplace_back(match.first, match.count);
    return places;
  };
  using Places = std::vector<std::pair<std::size_t, std::size_t>>;
  CHECK(errand("train timetables") == Places{{1, 1}});
  CHECK(errand("hospital opening hours") == Places{{1, 2}});
  CHECK(errand("병원 예약을") == Places{{1, 1}});
  CHECK_FALSE(errand("電車時刻表").empty());
  CHECK(errand("an opening night").empty());
}

TEST_CASE("known names are found by what is typed on the way to them") {
  const auto resources = sample_resources();
  const auto begun = [&](std::string_view typed) {
    Words ids;
    for (const BegunName& name : resources->name_beginnings().begun_by(
             Tokenizer(resources->hangul_stemmer(), resources->korean_lexicon(), resources->kanji_forms())
                 .tokens(typed)))
      ids.push_back(resources->name_groups()[name.group].id + (name.ambiguous ? "?" : ""));
    return ids;
  };
  for (const char* typed : {"소녀ㅅ", "소ㄴ", "소녀 시", "girls g", "girl", "少女", "sns"}) {
    CAPTURE(typed);
    CHECK(begun(typed) == Words{"girls-generation"});
  }
  CHECK(begun("ゆん") == Words{"younha"});
  CHECK(begun("lee so") == Words{"lee-so-ra"});
  CHECK(begun("괴무") == Words{"monster-film?", "monster-song?"});
  CHECK(begun("소녀시대").empty());  // a name as a whole is no beginning
  CHECK(begun("쏘녀").empty());
  CHECK(begun("s").empty());
  CHECK(begun("").empty());
}

TEST_CASE("names are found in texts") {
  CHECK(names_in("소녀시대의 노래와 Girls’ Generation’s") ==
        Words{"소녀시대의 = girls-generation", "Girls’ Generation’s = girls-generation"});
  CHECK(names_in("소녀 시대") == Words{"소녀 시대 = girls-generation"});
  CHECK(names_in("今日の少女時代は") == Words{"少女時代 = girls-generation"});
  CHECK(names_in("YOUNHA(윤하), ユンナの歌") == Words{"YOUNHA = younha", "윤하 = younha", "ユンナ = younha"});
  CHECK(names_in("f(x), FX") == Words{"f(x = f-x", "FX = f-x"});
  CHECK(names_in("ロイ・キムと") == Words{"ロイ・キム = roy-kim"});
  CHECK(names_in("이소라의 노래") == Words{"이소라의 = lee-so-ra"});
  CHECK(names_in("괴물") == Words{"괴물 = monster-song?", "괴물 = monster-film?"});
}

TEST_CASE("names are not found inside of other words") {
  CHECK(names_in("younhas rains raining 윤하늘").empty());
  CHECK(names_in("砂嵐と嵐山").empty());
  CHECK(names_in("嵐の夜") == Words{"嵐 = arashi"});
  CHECK(names_in("ユンナー").empty());
  CHECK(names_in("s n s d").empty());
  CHECK(names_in("girlsgeneration").size() == 1);
  CHECK(names_in("소녀. \n\n\n 시대").empty());
}

TEST_CASE("themes are found in every language and form") {
  CHECK(concepts_in("broken hearts breaking up") == Words{"heartbreak", "breakup"});
  CHECK(concepts_in("이별을 헤어졌다") == Words{"breakup", "breakup"});
  CHECK(concepts_in("失恋ソングで泣いた") == Words{"heartbreak", "song", "crying"});
  CHECK(concepts_in("別れた 恋の歌") == Words{"breakup", "love", "song"});
  CHECK(concepts_in("ibyeol koi") == Words{"breakup", "love?"});
  CHECK(concepts_in("눈이 사랑") == Words{"snow?", "love"});
  CHECK(concepts_in("추억의 노래") == Words{"memory"});
}

TEST_CASE("themes are not found inside of other words") {
  CHECK(concepts_in("恋人 失恋人間") == Words{"heartbreak"});
  CHECK(concepts_in("눈물 사랑니").empty());
  CHECK(concepts_in("glove snowy broken part").empty());
  CHECK(concepts_in("わかれていた").empty());
  CHECK(concepts_in("わかれ しつれん") == Words{"breakup", "heartbreak"});
  CHECK(concepts_in("헤어지리카 헤어지고") == Words{"breakup"});
}

TEST_CASE("Korean artists and themes are never shortened") {
  CHECK(token("이소라").stem == "이소라");
  CHECK(token("이별이라").stem != "이별이라");
}

TEST_CASE("a file that cannot be understood is named with its place") {
  const auto message_of = [](const SampleFile& file) {
    try {
      resources_of({file});
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::InvalidInput);
      return std::string(error.what());
    }
    return std::string("no error");
  };
  CHECK(message_of({"kyujitai.tsv", "國\t国\n國国\n"}).find("kyujitai.tsv, line 2: ") != std::string::npos);
  CHECK(message_of({"names.json", "[{]"}).find("names.json, the whole file: ") != std::string::npos);
  CHECK(message_of({"names.json", "{}"}).find("expected an array") != std::string::npos);
  CHECK(message_of({"names.json", R"([{"id":"a","kind":"b","names":[]},{"id":1}])"}).find("entry 2: ") !=
        std::string::npos);
  CHECK(message_of({"concepts.json", R"([{"id":"a","ko":[1]}])"}).find("strings as `ko`") !=
        std::string::npos);
  CHECK(
      message_of({"concepts.json", R"([{"id":"a","errands":"some"}])"}).find("entry 1: expected `none` or") !=
      std::string::npos);
  CHECK(message_of({"concepts.json", R"([{"id":"a"},{"id":"a"}])"}).find("entry 2: there is another theme") !=
        std::string::npos);
}

TEST_CASE("the resources of the source tree can be loaded") {
  const std::filesystem::path folder = std::filesystem::path(NUNMUL_SOURCE_DIR) / "index/languages";
  const auto resources = LanguageResources::load(folder);
  for (const ResourceStatus& status : resources->status()) {
    CAPTURE(status.name);
    const bool of_folder = status.path.starts_with(folder.string());
    if (of_folder) CHECK(status.entries > 50);
  }
}

TEST_SUITE_END();
