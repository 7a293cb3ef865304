package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.DerivedValues;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.need.Which;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check reads of the cluster what it declares, and nothing is listed as needed that no one reads. */
@ExtendWith(InRun.class)
class NeedTest {

    /** The needs that belong to no check: the objects to check, and those that show how to fix something. */
    private static final Set<Which> OF_NO_CHECK = EnumSet.of(Which.REQUESTED, Which.TO_FIX);

    /** Read to follow workflows; checks look there for the line to fix. */
    private static final Set<Need> OF_EACH_CHECK =
            EnumSet.of(Need.WORKFLOW_TEMPLATES, Need.CLUSTER_WORKFLOW_TEMPLATES, Need.ROLES, Need.ROLE_BINDINGS);

    static List<Check> checks() {
        return Checks.all();
    }

    @Test
    void shouldBeDeclaredByACheck() {
        Set<Need> declared = Checks.all().stream()
                .flatMap(check -> check.info().needs().stream())
                .collect(Collectors.toSet());

        assertThat(Need.values())
                .filteredOn(need -> !OF_NO_CHECK.contains(need.which()))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void shouldReadOnlyWhatItDeclares(Check check) throws IOException {
        Set<String> declared = Stream.concat(check.info().needs().stream(), OF_EACH_CHECK.stream())
                .flatMap(need -> need.resource().stream()
                        .map(resource -> words(need.which().verb(), resource)))
                .collect(Collectors.toSet());
        // Read where nothing was found in a namespace; who cannot is asked whether it exists.
        declared.add(words("get", Resource.NAMESPACES));
        Set<String> read = new ConcurrentSkipListSet<>();
        for (CheckFixture fixture : CheckFixture.all()) {
            if (fixture.check().equals(check.info().id())) {
                new CheckRunner(List.of(check)).run(watched(fixture.facts(), read));
            }
        }

        assertThat(read).as(check.info().id()).isSubsetOf(declared);
    }

    private static String words(String verb, Resource resource) {
        return verb + " " + resource.qualified();
    }

    private static Facts watched(Facts facts, Set<String> read) {
        return new Facts(
                facts.submitter(),
                facts.kubernetes(),
                facts.controller(),
                facts.controllerSettings(),
                facts.argoNamespace(),
                facts.documents(),
                facts.workflows(),
                facts.pulls(),
                facts.permissions(),
                facts.admissions(),
                new ClusterView() {
                    @Override
                    public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
                        read.add(words("get", resource));
                        return facts.cluster().get(resource, namespace, name);
                    }

                    @Override
                    public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
                        read.add(words("list", resource));
                        return facts.cluster().list(resource, namespace);
                    }
                },
                facts.unseen(),
                new DerivedValues());
    }
}
