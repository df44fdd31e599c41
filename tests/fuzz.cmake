# SPDX-License-Identifier: GPL-2.0-or-later
# One target a file of tests/fuzz. FOLDER_NAME.cpp links nunmul_FOLDER and takes its corpus from
# tests/fuzz/corpus/FOLDER_NAME. With NUNMUL_FUZZ (clang) it is a libFuzzer program that ctest runs for
# NUNMUL_FUZZ_SECONDS; otherwise a small main replays the corpus, so that it runs in every test run.
set(NUNMUL_FUZZ_SECONDS 30 CACHE STRING "How long ctest lets each fuzz target look for new inputs")

function(nunmul_fuzz_target source)
  get_filename_component(name ${source} NAME_WE)
  string(REGEX REPLACE "_.*" "" folder ${name})
  if(NOT TARGET nunmul_${folder})
    message(FATAL_ERROR "${source}: the name must begin with a folder of src and an underscore")
  endif()
  set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  add_executable(fuzz_${name} ${source})
  target_link_libraries(fuzz_${name} PRIVATE nunmul_${folder})
  target_compile_definitions(fuzz_${name} PRIVATE NUNMUL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(NUNMUL_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set(found ${CMAKE_BINARY_DIR}/fuzz/${name})
    file(MAKE_DIRECTORY ${found})
    # Without its weighing of rare features, which takes two thirds of a run as short as ours are.
    add_test(NAME fuzz/${name} COMMAND fuzz_${name} -max_total_time=${NUNMUL_FUZZ_SECONDS} -timeout=60 -entropic=0
      -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix=${CMAKE_BINARY_DIR}/fuzz/ ${found} ${corpus})
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/support/fuzz_main.cpp)
    add_test(NAME fuzz/${name} COMMAND fuzz_${name} ${corpus})
  endif()
  set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz TIMEOUT 300)
  add_dependencies(fuzz fuzz_${name})
endfunction()

add_custom_target(fuzz)
file(GLOB fuzz_sources CONFIGURE_DEPENDS fuzz/*.cpp)
foreach(source IN LISTS fuzz_sources)
  nunmul_fuzz_target(${source})
endforeach()
