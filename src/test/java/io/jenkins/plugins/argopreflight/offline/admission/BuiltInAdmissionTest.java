package io.jenkins.plugins.argopreflight.offline.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInAdmissionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAIN = "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'main','image':'a'}]}}";
    private static final String POLICY =
            "{'metadata':{'name':'registries'},'spec':{'matchConstraints':{'resourceRules':"
                    + "[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['pods']}]},"
                    + "'validations':[{'expression':'false','message':'never'}]}}";

    private final Given given = new Given();

    /** Objects by kind; what is hidden may not be looked at. */
    private static final class Given implements AdmissionObjects {

        private final Map<Resource, List<ObjectNode>> objects = new HashMap<>();
        private final Set<Resource> hidden = new HashSet<>();

        Given() {
            add(Resource.NAMESPACES, "{'metadata':{'name':'ns','labels':{'team':'a'}}}");
            add(Resource.SERVICE_ACCOUNTS, "{'metadata':{'name':'default'}}");
        }

        void add(Resource resource, String json) {
            objects.computeIfAbsent(resource, key -> new ArrayList<>()).add(read(json));
        }

        @Override
        public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
            return hidden.contains(resource)
                    ? Fact.missing(Right.of("get", resource.group(), resource.plural(), namespace))
                    : Fact.known(objects.getOrDefault(resource, List.of()).stream()
                            .filter(object -> KubeObjects.name(object).equals(name))
                            .findFirst());
        }

        @Override
        public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
            return hidden.contains(resource)
                    ? Fact.missing(Right.of("list", resource.group(), resource.plural(), namespace))
                    : Fact.known(objects.getOrDefault(resource, List.of()));
        }
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private AdmissionResult judge(String pod) {
        return new BuiltInAdmission(given, "v1.34.4", Optional.empty()).judge("ns", read(pod));
    }

    /** Returns the message of the refusal. */
    private static Fact<Optional<String>> message(AdmissionResult result) {
        return result.refusal().map(known -> known.map(each -> each.refusal().message()));
    }

    private String unknown(String pod) {
        Fact<Optional<String>> refusal = message(judge(pod));
        assertThat(refusal).isInstanceOf(Fact.Unknown.class);
        return ((Fact.Unknown<Optional<String>>) refusal).reason();
    }

    @Test
    void shouldLetAPlainPodIn() {
        assertThat(judge(PLAIN).refusal()).isEqualTo(Fact.known(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "namespaces, get namespaces",
        "serviceaccounts, get serviceaccounts",
        "limitranges, list limitranges",
        "resourcequotas, list resourcequotas",
        "validatingadmissionpolicies, list validatingadmissionpolicies",
        "validatingadmissionpolicybindings, list validatingadmissionpolicybindings",
        "validatingwebhookconfigurations, list validatingwebhookconfigurations"
    })
    void shouldNotKnowWhatItMayNotLookAt(String plural, String right) {
        given.add(AdmissionObjects.POLICIES, POLICY);
        if (plural.equals("validatingadmissionpolicies")) {
            given.objects.remove(AdmissionObjects.POLICIES);
        }
        List.of(
                        Resource.NAMESPACES,
                        Resource.SERVICE_ACCOUNTS,
                        Resource.LIMIT_RANGES,
                        Resource.RESOURCE_QUOTAS,
                        AdmissionObjects.POLICIES,
                        AdmissionObjects.POLICY_BINDINGS,
                        AdmissionObjects.VALIDATING_WEBHOOKS)
                .stream()
                .filter(resource -> resource.plural().equals(plural))
                .forEach(given.hidden::add);

        assertThat(unknown(PLAIN)).contains("not allowed to " + right);
    }

    @Test
    void shouldRefuseAllTheSameWhatIsSureToBeRefused() {
        given.hidden.add(Resource.SERVICE_ACCOUNTS);
        given.add(Resource.NAMESPACES, "{'metadata':{'name':'other'}}");

        assertThat(message(judge("{'metadata':{'name':'p'},'spec':{'containers':[{'name':'main'}]}}")))
                .isEqualTo(Fact.known(Optional.of("Pod \"p\" is invalid: spec.containers[0].image: Required value")));
    }

    /** The server adds them when it stores a LimitRange. */
    @Test
    void shouldTakeTheDefaultsThatALimitRangeDoesNotSayFromItsMaximumAndMinimum() {
        given.add(
                Resource.LIMIT_RANGES,
                "{'metadata':{'name':'l'},'spec':{'limits':[{'type':'Container','max':{'memory':'1Gi'},"
                        + "'min':{'memory':'1Mi','cpu':'10m'}}]}}");

        assertThat(judge(PLAIN).refusal()).isEqualTo(Fact.known(Optional.empty()));
    }

    /** A LimitRange could give the limits that the quota wants. */
    @Test
    void shouldNotRefuseForAQuotaWhenLimitRangesAreNotKnown() {
        given.add(
                Resource.RESOURCE_QUOTAS,
                "{'metadata':{'name':'q'},'spec':{'hard':{'limits.cpu':'1'}},"
                        + "'status':{'hard':{'limits.cpu':'1'},'used':{'limits.cpu':'0'}}}");
        assertThat(message(judge(PLAIN)).ifKnown().orElseThrow())
                .contains("pods \"p\" is forbidden: failed quota: q: must specify limits.cpu for: main");

        given.hidden.add(Resource.LIMIT_RANGES);

        assertThat(unknown(PLAIN)).contains("list limitranges");
    }

    @ParameterizedTest
    @CsvSource({"a, Deny, true", "b, Deny, false", "a, Warn, false"})
    void shouldNameThePolicyThatItCannotEvaluate(String team, String action, boolean matches) {
        given.add(AdmissionObjects.POLICIES, POLICY);
        given.add(
                AdmissionObjects.POLICY_BINDINGS,
                "{'metadata':{'name':'b'},'spec':{'policyName':'registries','validationActions':['" + action
                        + "'],'matchResources':{'namespaceSelector':{'matchLabels':{'team':'" + team + "'}}}}}");

        AdmissionResult verdict = judge(PLAIN);

        assertThat(verdict.builtIn()).isEqualTo(Fact.known(Optional.empty()));
        assertThat(verdict.refusal().ifKnown().isEmpty()).isEqualTo(matches);
        assertThat(verdict.notJudged().stream().map(UnevaluatedPolicy::toString).toList())
                .isEqualTo(
                        matches
                                ? List.of("ValidatingAdmissionPolicy \"registries\" cannot be evaluated here"
                                        + " (false: never)")
                                : List.of());
    }

    @Test
    void shouldNameWebhooksThatLookAtPods() {
        given.add(
                AdmissionObjects.VALIDATING_WEBHOOKS,
                "{'metadata':{'name':'gate'},'webhooks':[{'name':'pods.example.com','rules':[{'apiGroups':['*'],"
                        + "'apiVersions':['*'],'operations':['*'],'resources':['*']}]},{'name':'other','rules':[]}]}");

        assertThat(unknown(PLAIN))
                .isEqualTo("ValidatingWebhookConfiguration \"gate\" cannot be evaluated here"
                        + " (webhook pods.example.com)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'serviceAccountName':'{{inputs.parameters.x}}','containers':[{'name':'main','image':'a'}]",
                "'priorityClassName':'{{inputs.parameters.x}}','containers':[{'name':'main','image':'a'}]",
                "'containers':[{'name':'main','image':'a','resources':{'limits':{'cpu':'{{inputs.parameters.x}}'}}}]"
            })
    void shouldNotKnowWhatHangsOnValuesOfTheRunningWorkflow(String spec) {
        assertThat(unknown("{'metadata':{'name':'p-*'},'spec':{" + spec + "}}"))
                .contains("{{inputs.parameters.x}}, which is not known before the workflow runs");
    }

    @Test
    void shouldWarnOfWhatIsLetIn() {
        given.objects.remove(Resource.NAMESPACES);
        given.add(
                Resource.NAMESPACES,
                "{'metadata':{'name':'ns','labels':{'pod-security.kubernetes.io/warn':'baseline'}}}");

        AdmissionResult verdict =
                judge("{'metadata':{'name':'p'},'spec':{'hostPID':true,'containers':[{'name':'main','image':'a'}]}}");

        assertThat(verdict.refusal()).isEqualTo(Fact.known(Optional.empty()));
        assertThat(verdict.warnings())
                .containsExactly("would violate PodSecurity \"baseline:latest\": host namespaces (hostPID=true)");
    }

    @Test
    void shouldEnforceWhatIsAskedForInsteadOfLabels() {
        BuiltInAdmission admission =
                new BuiltInAdmission(given, "v1.34.4", Optional.of(LevelVersion.parse("restricted:v1.0")));

        assertThat(message(admission.judge("ns", read(PLAIN))).ifKnown().orElseThrow())
                .contains("pods \"p\" is forbidden: violates PodSecurity \"restricted:v1.0\": runAsNonRoot != true"
                        + " (pod or container \"main\" must set securityContext.runAsNonRoot=true)");
    }

    @ParameterizedTest
    @CsvSource({
        "strict, 'invalid Pod Security level \"strict\" in \"strict\": must be one of privileged, baseline,"
                + " restricted'",
        "baseline:1.30, 'invalid Pod Security version \"1.30\" in \"baseline:1.30\": must be \"latest\" or \"v1.x\"'",
        "baseline:, 'invalid Pod Security version \"\" in \"baseline:\": must be \"latest\" or \"v1.x\"'"
    })
    void shouldSayWhatIsNoPolicy(String text, String error) {
        assertThatThrownBy(() -> LevelVersion.parse(text)).hasMessage(error);
    }
}
