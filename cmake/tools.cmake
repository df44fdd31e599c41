# SPDX-License-Identifier: GPL-2.0-or-later
# Targets for people: format, format-check, tidy, coverage. None of them is part of a build; the test tree/format
# asks what format-check asks.
file(GLOB_RECURSE NUNMUL_CODE CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/src/*.cpp ${CMAKE_SOURCE_DIR}/src/*.h
  ${CMAKE_SOURCE_DIR}/tests/*.cpp ${CMAKE_SOURCE_DIR}/tests/*.h)
list(FILTER NUNMUL_CODE EXCLUDE REGEX /node_modules/)

find_program(NUNMUL_CLANG_FORMAT NAMES clang-format-14 clang-format NO_CACHE)
if(NUNMUL_CLANG_FORMAT)
  add_custom_target(format COMMAND ${NUNMUL_CLANG_FORMAT} -i ${NUNMUL_CODE}
    COMMENT "Formatting the code" VERBATIM)
  add_custom_target(format-check COMMAND ${NUNMUL_CLANG_FORMAT} --dry-run --Werror ${NUNMUL_CODE}
    COMMENT "Looking for code that clang-format would change" VERBATIM)
endif()

find_program(NUNMUL_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy NO_CACHE)
if(NUNMUL_CLANG_TIDY)
  add_custom_target(tidy COMMAND ${NUNMUL_CLANG_TIDY} -quiet -p ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR}/src/.*
    COMMENT "Looking for mistakes with clang-tidy" VERBATIM)
endif()

find_program(NUNMUL_GCOVR gcovr NO_CACHE)
if(NUNMUL_GCOVR AND NUNMUL_COVERAGE)  # to be run after the tests
  add_custom_target(coverage COMMAND ${NUNMUL_GCOVR} --root ${CMAKE_SOURCE_DIR} --filter ${CMAKE_SOURCE_DIR}/src/
    --exclude-throw-branches --sort-uncovered --print-summary --html ${CMAKE_BINARY_DIR}/coverage.html
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR} COMMENT "Counting the lines that the tests have reached" VERBATIM)
endif()
