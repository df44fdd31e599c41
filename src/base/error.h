// SPDX-License-Identifier: GPL-2.0-or-later
// The errors that a user can see. The row of each in error.cpp gives its name in the API, its type
// and its HTTP status; no other place knows a status.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nunmul {

enum class ErrorCode {
  MissingAuthorizationHeader,
  InvalidApiKey,
  MissingMasterKey,
  ForbiddenOrigin,
  ForbiddenHost,
  BadRequest,
  MissingContentType,
  InvalidContentType,
  MissingPayload,
  MalformedPayload,
  PayloadTooLarge,
  Internal,
  TooManySearchRequests,
  RequestTooCostly,
  NoSpaceLeftOnDevice,
  IoError,
  InvalidIndexUid,
  MissingIndexUid,
  InvalidIndexPrimaryKey,
  InvalidIndexOffset,
  InvalidIndexLimit,
  IndexNotFound,
  IndexRebuilding,
  IndexAlreadyExists,
  ImmutableIndexCreatedAt,
  ImmutableIndexUpdatedAt,
  IndexPrimaryKeyAlreadyExists,
  IndexPrimaryKeyNoCandidateFound,
  IndexPrimaryKeyMultipleCandidatesFound,
  MissingDocumentId,
  InvalidDocumentId,
  DocumentNotFound,
  InvalidDocumentFields,
  InvalidDocumentFilter,
  InvalidDocumentSort,
  InvalidDocumentIds,
  InvalidDocumentLimit,
  InvalidDocumentOffset,
  InvalidDocumentRetrieveVectors,
  InvalidDocumentCsvDelimiter,
  MissingDocumentFilter,
  InvalidSkipCreation,
  InvalidIndexCustomMetadata,
  MaxFieldsLimitExceeded,
  InvalidDocumentGeoField,
  InvalidSearchQ,
  InvalidSearchOffset,
  InvalidSearchLimit,
  InvalidSearchPage,
  InvalidSearchHitsPerPage,
  InvalidSearchAttributesToRetrieve,
  InvalidSearchAttributesToCrop,
  InvalidSearchCropLength,
  InvalidSearchCropMarker,
  InvalidSearchAttributesToHighlight,
  InvalidSearchHighlightPreTag,
  InvalidSearchHighlightPostTag,
  InvalidSearchShowMatchesPosition,
  InvalidSearchFilter,
  InvalidSearchSort,
  InvalidSearchDistinct,
  InvalidSearchFacets,
  InvalidSearchMatchingStrategy,
  InvalidSearchAttributesToSearchOn,
  InvalidSearchRankingScoreThreshold,
  InvalidSearchLocales,
  InvalidSearchShowRankingScore,
  InvalidSearchShowRankingScoreDetails,
  InvalidSearchShowPerformanceDetails,
  InvalidSearchRetrieveVectors,
  InvalidSearchHybridQuery,
  InvalidSearchEmbedder,
  InvalidSearchVector,
  InvalidSearchMedia,
  MissingSearchHybrid,
  FeatureNotEnabled,
  RouteNotOffered,
  InvalidMultiSearchFederated,
  InvalidMultiSearchFederationOptions,
  InvalidMultiSearchQueryPagination,
  InvalidMultiSearchQueryFacets,
  InvalidMultiSearchWeight,
  InvalidMultiSearchQueryPosition,
  InvalidMultiSearchFacetsByIndex,
  InvalidMultiSearchMergeFacets,
  InvalidMultiSearchMaxValuesPerFacet,
  InvalidMultiSearchFacetOrder,
  InvalidMultiSearchQueryRankingRules,
  InvalidMultiSearchRemote,
  MissingFacetSearchFacetName,
  InvalidFacetSearchFacetName,
  InvalidFacetSearchName,
  InvalidFacetSearchQuery,
  InvalidFacetSearchExhaustiveFacetCount,
  FacetSearchDisabled,
  InvalidSettingsDisplayedAttributes,
  InvalidSettingsSearchableAttributes,
  InvalidSettingsFilterableAttributes,
  InvalidSettingsSortableAttributes,
  InvalidSettingsRankingRules,
  InvalidSettingsStopWords,
  InvalidSettingsSynonyms,
  InvalidSettingsDistinctAttribute,
  InvalidSettingsTypoTolerance,
  InvalidSettingsFaceting,
  InvalidSettingsPagination,
  InvalidSettingsSeparatorTokens,
  InvalidSettingsNonSeparatorTokens,
  InvalidSettingsDictionary,
  InvalidSettingsProximityPrecision,
  InvalidSettingsSearchCutoffMs,
  InvalidSettingsLocalizedAttributes,
  InvalidSettingsFacetSearch,
  InvalidSettingsPrefixSearch,
  InvalidSettingsEmbedders,
  InvalidSettingsNunmul,
  TaskNotFound,
  TaskFileNotFound,
  BatchNotFound,
  MissingTaskFilters,
  InvalidTaskUids,
  InvalidBatchUids,
  InvalidTaskTypes,
  InvalidTaskStatuses,
  InvalidTaskCanceledBy,
  InvalidTaskLimit,
  InvalidTaskFrom,
  InvalidTaskReverse,
  InvalidTaskAfterEnqueuedAt,
  InvalidTaskBeforeEnqueuedAt,
  InvalidTaskAfterStartedAt,
  InvalidTaskBeforeStartedAt,
  InvalidTaskAfterFinishedAt,
  InvalidTaskBeforeFinishedAt,
  MissingSwapIndexes,
  InvalidSwapIndexes,
  InvalidSwapDuplicateIndexFound,
  InvalidSwapRename,
  ApiKeyNotFound,
  ApiKeyAlreadyExists,
  MissingApiKeyActions,
  MissingApiKeyIndexes,
  MissingApiKeyExpiresAt,
  InvalidApiKeyActions,
  InvalidApiKeyIndexes,
  InvalidApiKeyExpiresAt,
  InvalidApiKeyUid,
  InvalidApiKeyName,
  InvalidApiKeyDescription,
  InvalidApiKeyLimit,
  InvalidApiKeyOffset,
  ImmutableApiKeyUid,
  ImmutableApiKeyKey,
  ImmutableApiKeyActions,
  ImmutableApiKeyIndexes,
  ImmutableApiKeyExpiresAt,
  ImmutableApiKeyCreatedAt,
  ImmutableApiKeyUpdatedAt,
  DumpProcessFailed,
  WebhookNotFound,
  InvalidWebhooks,
  InvalidWebhookUrl,
  InvalidWebhookHeaders,
  InvalidWebhookUuid,
  ImmutableWebhook,
  ImmutableWebhookUuid,
  ImmutableWebhookIsEditable,
  InvalidInput,  // of the command line and its files; HTTP never answers it
};

enum class ErrorType { Auth, InvalidRequest, Internal, System };

struct ErrorRow {
  ErrorCode code;
  std::string_view name;  // "index_not_found"
  ErrorType type;
  int status;  // of the HTTP answer
};

// All of them, in the order of the codes.
std::span<const ErrorRow> error_rows();

// The row of a code.
const ErrorRow& error_row(ErrorCode code);

// "invalid_request" and the like.
std::string_view to_string(ErrorType type);

// The message is part of the API: it names the place and the value ("Index `movies` not found.").
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace nunmul
