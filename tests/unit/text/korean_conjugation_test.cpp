// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: every form of a whole paradigm is a stem of its verb and a tail that the stem takes, for each
// class; and verbs that no dictionary has are told by their tails.
#include "text/korean_conjugation.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/utf8.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/korean_conjugation");

namespace {

bool is_form(const std::string& base, KoreanVerbClass verb_class, const std::string& form) {
  const std::u32string word = to_utf32(form);
  const std::vector<ShapedStem> stems = korean_verb_stems(to_utf32(base), verb_class);
  return std::any_of(stems.begin(), stems.end(), [&](const ShapedStem& stem) {
    return word.starts_with(stem.text) &&
           takes_tail(stem.shape, std::u32string_view(word).substr(stem.text.size()));
  });
}

struct Paradigm {
  std::string base;
  KoreanVerbClass verb_class;
  // 고, 는 or nothing, ㄴ, ㄹ, ㅁ, 면, 습니다, 시다, 어, 어서, 었다, 었던, 었습니다, 겠지, 기도, 지만, 네요,
  // 던, 더라, 자마자
  std::vector<std::string> forms;
};

const std::vector<Paradigm>& paradigms() {
  using enum KoreanVerbClass;
  static const std::vector<Paradigm> all{
      {"먹다", Regular, {"먹고",     "먹는",   "먹은",   "먹을",   "먹음",   "먹으면",     "먹습니다",
                         "먹으시는", "먹어",   "먹어서", "먹었다", "먹었던", "먹었습니다", "먹겠지",
                         "먹기도",   "먹지만", "먹네요", "먹던",   "먹더라", "먹자마자"}},
      {"앉다", Regular, {"앉고",     "앉는",   "앉은",   "앉을",   "앉음",   "앉으면",     "앉습니다",
                         "앉으셨다", "앉아",   "앉아서", "앉았다", "앉았던", "앉았습니다", "앉겠다",
                         "앉기에",   "앉지만", "앉네",   "앉던",   "앉더니", "앉자"}},
      {"가다", Regular, {"가고",   "가는", "간",     "갈",       "감",       "가면",   "갑니다", "가신다",
                         "가",     "가서", "갔다",   "갔던",     "갔습니다", "가겠지", "가기도", "가지만",
                         "가네요", "가던", "가더라", "가자마자", "간다",     "갈까"}},
      {"오다", Regular, {"오고", "오는", "온",     "올",   "옴",       "오면",   "옵니다", "오시는",
                         "와",   "와서", "왔다",   "왔던", "왔습니다", "오겠지", "오기도", "오지만",
                         "오네", "오던", "오더라", "오자", "온다",     "올까요"}},
      {"배우다",
       Regular,
       {"배우고", "배우는", "배운", "배울", "배움", "배우면", "배웁니다", "배우시는", "배워", "배워서",
        "배웠다", "배웠던", "배웠습니다", "배우겠다", "배우기", "배우지만", "배우네", "배우던", "배우더니"}},
      {"지다", Regular, {"지고",   "지는", "진",     "질",       "짐",       "지면",   "집니다", "지시는",
                         "져",     "져서", "졌다",   "졌던",     "졌습니다", "지겠지", "지기도", "지지만",
                         "지네요", "지던", "지더라", "지자마자", "진다",     "질까"}},
      {"보내다",
       Regular,
       {"보내고", "보내는", "보낸", "보낼", "보냄", "보내면", "보냅니다", "보내시는", "보내", "보내서",
        "보냈다", "보냈던", "보냈습니다", "보내겠지", "보내기도", "보내지만", "보낸다", "보낼까"}},
      {"살다", Regular, {"살고",   "사는",   "산",     "살",     "삶",     "살면",       "삽니다",
                         "사시는", "살아",   "살아서", "살았다", "살았던", "살았습니다", "살겠지",
                         "살기도", "살지만", "사네요", "살던",   "살더라", "살자마자",   "산다"}},
      {"쓰다", Regular, {"쓰고",   "쓰는",   "쓴",     "쓸",   "씀",     "쓰면",     "씁니다",
                         "쓰시는", "써",     "써서",   "썼다", "썼던",   "썼습니다", "쓰겠지",
                         "쓰기도", "쓰지만", "쓰네요", "쓰던", "쓰더라", "쓰자마자", "쓴다"}},
      {"아프다",
       Regular,
       {"아프고", "아픈", "아플", "아픔", "아프면", "아픕니다", "아프시다", "아파", "아파서", "아팠다",
        "아팠던", "아팠습니다", "아프겠지", "아프기도", "아프지만", "아프네요", "아프던", "아프더라"}},
      {"원하다",
       Regular,
       {"원하고", "원하는", "원한", "원할", "원함", "원하면", "원합니다", "원하시는", "원해", "원해서",
        "원했다", "원했던", "원했습니다", "원하겠지", "원하여", "원하였다", "원하지만", "원하네요",
        "원하던"}},
      {"걷다", Digeut, {"걷고",     "걷는",   "걸은",   "걸을",   "걸음",   "걸으면",     "걷습니다",
                        "걸으시는", "걸어",   "걸어서", "걸었다", "걸었던", "걸었습니다", "걷겠지",
                        "걷기도",   "걷지만", "걷네요", "걷던",   "걷더라", "걷자마자"}},
      {"춥다", Bieup, {"춥고",   "추운",   "추울",   "추움",   "추우면",     "춥습니다", "추우시다",
                       "추워",   "추워서", "추웠다", "추웠던", "추웠습니다", "춥겠지",   "춥기도",
                       "춥지만", "춥네요", "춥던",   "춥더라", "추워진",     "추워졌다"}},
      {"돕다",
       BieupO,
       {"돕고", "돕는", "도운", "도울", "도움", "도우면", "돕습니다", "도우시는", "도와", "도와서", "도왔다",
        "도왔던", "도왔습니다", "돕겠지", "돕기도", "돕지만", "돕네요", "돕던", "돕더라"}},
      {"짓다", Siot, {"짓고",     "짓는",   "지은",   "지을",   "지음",   "지으면",     "짓습니다",
                      "지으시는", "지어",   "지어서", "지었다", "지었던", "지었습니다", "짓겠지",
                      "짓기도",   "짓지만", "짓네요", "짓던",   "짓더라", "짓자마자"}},
      {"파랗다",
       Hieut,
       {"파랗고", "파란", "파랄", "파람", "파라면", "파랗습니다", "파래", "파래서", "파랬다", "파랬던",
        "파랗겠지", "파랗기도", "파랗지만", "파랗네요", "파랗던", "파랗더라", "파래진"}},
      {"허옇다", Hieut, {"허옇고", "허연", "허예", "허옜다"}},
      {"그렇다",
       HieutAe,
       {"그렇고", "그런", "그럴", "그러면", "그래", "그래서", "그랬다", "그랬던", "그렇지만"}},
      {"빠르다",
       Reu,
       {"빠르고", "빠른", "빠를", "빠름", "빠르면", "빠릅니다", "빠르시다", "빨라", "빨라서", "빨랐다",
        "빨랐던", "빨랐습니다", "빠르겠지", "빠르기도", "빠르지만", "빠르네요", "빠르던", "빨라진"}},
      {"부르다",
       Reu,
       {"부르고", "부르는", "부른", "부를", "부름", "부르면", "부릅니다", "불러", "불러서", "불렀다",
        "불렀던", "불렀습니다", "부르겠지", "부르지만", "부른다"}},
      {"푸르다",
       Reo,
       {"푸르고", "푸른", "푸를", "푸름", "푸르면", "푸릅니다", "푸르러", "푸르렀다", "푸르지만"}},
      {"푸다", U, {"푸고", "푸는", "푼", "풀", "퍼", "퍼서", "펐다"}},
  };
  return all;
}

}  // namespace

TEST_CASE("every form of a paradigm is one of its verb") {
  for (const Paradigm& paradigm : paradigms()) {
    CAPTURE(paradigm.base);
    CHECK(is_form(paradigm.base, paradigm.verb_class, paradigm.base));
    for (const std::string& form : paradigm.forms)
      CHECK_MESSAGE(is_form(paradigm.base, paradigm.verb_class, form), form);
  }
}

TEST_CASE("other words are none") {
  using enum KoreanVerbClass;
  CHECK_FALSE(is_form("먹다", Regular, "먹물"));
  CHECK_FALSE(is_form("걷다", Digeut, "걷어"));
  CHECK_FALSE(is_form("가다", Regular, "가수"));
  CHECK_FALSE(is_form("지다", Regular, "지하"));
  CHECK_FALSE(is_form("춥다", Bieup, "추석"));
  CHECK(korean_verb_stems(U"사랑", Regular).empty());
  CHECK(korean_verb_stems(U"다", Regular).empty());
}

TEST_CASE("verbs of no dictionary are told by their tails") {
  const std::pair<std::u32string, std::u32string> cases[] = {{U"킹받았다", U"킹받다"},
                                                             {U"킹받습니다", U"킹받다"},
                                                             {U"킹받는다", U"킹받다"},
                                                             {U"킹받다", U"킹받다"},
                                                             {U"털렸습니다", U"털리다"},
                                                             {U"쩔었다", U""},
                                                             {U"꽂혔던", U"꽂히다"},
                                                             {U"시작됐다", U""},
                                                             {U"사랑했다", U""},
                                                             {U"가수였다", U""},
                                                             {U"캐나다", U""},
                                                             {U"회사다", U""},
                                                             {U"윤하", U""}};
  for (const auto& [word, verb] : cases) CHECK_MESSAGE(verb_by_tail(word) == verb, to_utf8(word));
}
