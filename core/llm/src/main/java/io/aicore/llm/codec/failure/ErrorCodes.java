package io.aicore.llm.codec.failure;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Error codes of providers, in letters and digits only (see {@link ErrorBody#word}), grouped by what they mean. They
 * come from the vendors' error references and SDK sources; codes that a host uses for every failure are in
 * {@link #STATUS} alone.
 */
final class ErrorCodes {

    /** The request's form is wrong. Their messages quote the request, so nothing else may be read out of them. */
    static final Set<String> FORM = WordSet.of("""
            invalidvalue unsupportedparameter unsupportedvalue unknownparameter invalidtype
            missingrequiredparameter extraforbidden literalerror uniontaginvalid uniontagnotfound
            valueerrorconst typeerrorenum wrongapiformat invalidimageurl invalidimageformat invalidimage
            invalidimagemode invalidbase64image unsupportedimagemediatype imageparseerror imagetoolarge
            imagetoosmall imagefiletoolarge emptyimagefile imagefilenotfound failedtodownloadimage
            dataresidencymismatch decimalbelowminvalue decimalabovemaxvalue integerbelowminvalue
            integerabovemaxvalue invalidfunctionparameters invalidjson jsoninvalid toolusefailed
            jsonvalidatefailed invalidbase64 arrayabovemaxlength emptyarray
            """);

    static final Set<String> REGION = Set.of("unsupportedcountryregionterritory", "unsupportedregion");

    /** OpenAI, Azure, Moonshot, DashScope, Volcengine, OpenRouter, Z.ai 1301; block and finish reasons of Gemini and others. */
    static final Set<String> FILTER = WordSet.of("""
            contentfilter contentpolicyviolation imagecontentpolicyviolation responsibleaipolicyviolation
            invalidprompt moderationblocked datainspectionfailed refusal sensitive biopolicy 1301
            prohibitedcontent safety blocklist imagesafety contentblocked contentmoderation
            guardrailintervened contentfiltered sensitivecontentdetected inputtextsensitivecontentdetected
            outputtextsensitivecontentdetected spii recitation modelarmor
            """);

    static final Set<String> CONTEXT = WordSet.of("""
            contextlengthexceeded exceedcontextsizeerror modelcontextwindowexceeded
            contextwindowexceedederror toomanytokens toomanyprompttokens prompttoolong inputtoolong
            stringabovemaxlength contextwindowexceeded inputlengthexceeded
            """);

    /** OpenAI's last: many texts to embed, each short enough. */
    static final Set<String> TOO_LARGE =
            Set.of("requesttoolarge", "payloadtoolarge", "requestentitytoolarge", "maxtokensperrequest");

    /** OpenAI, Anthropic, new-api, OpenRouter, Alibaba; Z.ai 1113 is an empty balance, 1309 an expired plan. */
    static final Set<String> BILLING = WordSet.of("""
            billinghardlimitreached billingnotactive billingerror creditbalanceexhausted
            organizationspendlimitexceeded projectspendlimitexceeded enforcedspendlimitreached
            contractspendlimitreached insufficientcredits insufficientbalance insufficientuserquota
            insufficientfunds paymentrequired arrearage accountdeactivated accountsuspended accountoverdue
            accountoverdueerror 1113 1309 creditsexhausted notenoughcredits blockedapiaccess
            budgetexceeded consumersuspended billingdisabled nobalance
            """);

    /** OpenAI and its subscription plans; Z.ai 1304 is a day's cap, 1308 five hours', 1310 a week's. */
    static final Set<String> QUOTA = WordSet.of("""
            insufficientquota organizationusagelimitexceeded usagelimitreached usagelimitexceeded
            servicequotaexceededexception dailylimitexceeded quotaexhausted freetierexhausted
            allocationquotafreetieronly setlimitexceeded 1304 1308 1310
            """);

    /** Used up, unless it says when there is room again: Moonshot's; Volcengine's free trials; watsonx. */
    static final Set<String> QUOTA_UNLESS_ROLLING =
            Set.of("exceededcurrentquotaerror", "quotaexceeded", "tokenquotareached", "consumptionlimitreached");

    // MiniMax answers with 200 and numbers in base_resp.status_code, some of which mean other things as a code of
    // Z.ai's.
    static final Set<String> MINIMAX_TIMEOUT = Set.of("1001");
    static final Set<String> MINIMAX_RATE = Set.of("1002", "1039", "1041", "2045");
    static final Set<String> MINIMAX_AUTHENTICATION = Set.of("1004", "2049");
    static final Set<String> MINIMAX_BILLING = Set.of("1008");
    static final Set<String> MINIMAX_FILTER = Set.of("1026", "1027");
    static final Set<String> MINIMAX_FORM = Set.of("2013", "2042", "20132");
    static final Set<String> MINIMAX_QUOTA = Set.of("2056");

    /** AWS's names among them; Tencent's AuthFailure. */
    static final Set<String> AUTHENTICATION = WordSet.of("""
            authfailure incompletesignatureexception wrongapikey autherror invalidapikey apikeyinvalid
            authenticationerror unauthenticated unauthorized invalidauthenticationerror
            incorrectapikeyerror expiredtokenexception unrecognizedclientexception
            invalidsignatureexception missingauthenticationtoken apikeyexpired accesstokenexpired
            invalidtoken authentication
            """);

    static final Set<String> NOT_FOUND = WordSet.of("""
            modelnotfound modelnotsupported notfounderror notfound deploymentnotfound modelnotexist
            modeldecommissioned resourcenotfoundexception unknownmodel invalidmodel modeldeprecated
            """);

    /** OpenAI, Anthropic, Groq 498, Cerebras, Moonshot, Google; Z.ai 1305 and 1312; a finish reason of DeepSeek's. */
    static final Set<String> OVERLOADED = WordSet.of("""
            overloadederror overloaded serverisoverloaded engineoverloadederror engineoverloaded
            capacityexceeded queueexceeded modelcapacityexhausted serviceunavailableexception
            modelnotreadyexception provideroverloaded provideroverloadederror serviceunavailableerror
            serviceunavailable unavailableerror nocapacity serveroverloaded 1305 1312
            insufficientsystemresource serverbusy
            """);

    static final Set<String> RATE = WordSet.of("""
            ratelimitexceeded ratelimiterror ratelimited ratelimitreached slowdown toomanyrequests
            throttlingexception throttling throttlingerror ramplimitexceeded requestquotaexceeded
            tokenquotaexceeded toomanyrequestsexception ratelimitreachederror concurrencylimitexceeded
            requestlimitexceeded accountratelimitexceeded inflightbatchsizeexceeded userratelimitexceeded
            requestratelimitexceeded rpmratelimitexceeded tpmratelimitexceeded ratelimitexceedederror 1302
            1303
            """);

    static final Set<String> TIMEOUT = WordSet.of("""
            timeouterror deadlineexceeded modeltimeoutexception vectorstoretimeout timeout requesttimeout
            gatewaytimeout upstreamtimeout
            """);

    /** OpenRouter, Mistral and Cohere end a failed answer with the reason error, vLLM with abort. */
    static final Set<String> FAILED_ENDINGS = Set.of("error", "abort");

    static final Set<String> SERVER = WordSet.of("""
            servererror internalservererror apierror internal internalerror internalserverexception
            internalserverfailure internalfailure internalserviceerror modelstreamerrorexception
            modelerrorexception providererror providerunavailable badgateway upstreamerror networkerror
            server unknownerror
            """);

    static final Set<String> INVALID = WordSet.of("""
            invalidrequesterror badrequesterror badrequest invalidargument invalidparameter
            validationexception invalidrequest validation validationerror failedprecondition
            unprocessableentity unprocessableentityerror
            """);

    static final Set<String> PERMISSION =
            Set.of("permissionerror", "permissiondenied", "accessdeniedexception", "accessdenied", "forbidden");

    private static final Map<Integer, Set<String>> STATUS = Map.of(
            400, INVALID,
            401, AUTHENTICATION,
            403, PERMISSION,
            404, NOT_FOUND,
            413, TOO_LARGE,
            429, union(RATE, Set.of("resourceexhausted")),
            500, SERVER,
            503, union(OVERLOADED, Set.of("unavailable")),
            504, TIMEOUT);
    // The specific before the general: an error may be of type invalid_request_error and of code rate_limit_exceeded.
    private static final int[] ORDER = {429, 503, 504, 401, 404, 413, 403, 500, 400};

    private ErrorCodes() {}

    /** The word that stands for a status; null if none does. */
    static @Nullable ErrorCode statusWord(List<ErrorCode> words) {
        for (int status : ORDER) {
            ErrorCode found = first(words, STATUS.getOrDefault(status, Set.of()));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The status that this word is or stands for; 0 if none. */
    static int status(ErrorCode word) {
        if (word.word().matches("[45]\\d\\d")) {
            return Integer.parseInt(word.word());
        }
        for (int status : ORDER) {
            if (STATUS.getOrDefault(status, Set.of()).contains(word.word())) {
                return status;
            }
        }
        return 0;
    }

    /** The first of these words that is wanted; null if none is. */
    static @Nullable ErrorCode first(List<ErrorCode> words, Set<String> wanted) {
        for (ErrorCode word : words) {
            if (wanted.contains(word.word())) {
                return word;
            }
        }
        return null;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return Set.copyOf(both);
    }
}
