package io.jenkins.plugins.argopreflight.engine.sync.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyncFailureTest {

    @Test
    void shouldAdviseToMakeAMissingNamespace() {
        ClusterException missing =
                ClusterException.ofUnknownNamespace(AdmissionRefusal.of("namespaces \"ci\" not found"));

        assertThat(SyncFailure.remedy(missing)).contains("kubectl create namespace");
        assertThat(SyncFailure.isUnusableNamespace(missing)).isTrue();
    }

    /** The first answer is that of a proxy or of an API server without the path. */
    @ParameterizedTest
    @MethodSource
    void shouldNotAdviseToMakeANamespaceThatExists(ClusterException failure) {
        assertThat(SyncFailure.remedy(failure)).isEmpty();
        assertThat(SyncFailure.isUnusableNamespace(failure)).isFalse();
    }

    static Stream<ClusterException> shouldNotAdviseToMakeANamespaceThatExists() {
        return Stream.of(
                ClusterException.ofUnknownPath("POST https://cluster.example.com/api/v1/namespaces/ci/secrets:"
                        + " HTTP 404 without a Kubernetes Status"),
                new ClusterException(Kind.NOT_FOUND, "serviceaccounts \"namespaces\" not found"));
    }
}
