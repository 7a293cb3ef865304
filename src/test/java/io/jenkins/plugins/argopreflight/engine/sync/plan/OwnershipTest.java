package io.jenkins.plugins.argopreflight.engine.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {

    private static JsonNode object(String metadata) throws JsonProcessingException {
        return new YAMLMapper().readTree("metadata: {" + metadata + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            annotations: {meta.helm.sh/release-name: shop} | Helm release shop
            annotations: {argocd.argoproj.io/tracking-id: x} | Argo CD
            labels: {argocd.argoproj.io/instance: x} | Argo CD
            labels: {reconcile.external-secrets.io/created-by: x} | External Secrets
            annotations: {sealedsecrets.bitnami.com/managed: "true"} | Sealed Secrets
            labels: {kustomize.toolkit.fluxcd.io/name: x} | Flux
            ownerReferences: [{kind: ExternalSecret, name: regcred}] | its owner ExternalSecret/regcred
            labels: {app.kubernetes.io/managed-by: terraform} | terraform
            managedFields: [{manager: kubectl-create}] | kubectl-create
            managedFields: [{manager: argo-preflight}, {manager: kubectl-edit}] | kubectl-edit
            """)
    void shouldReportWhoWrote(String metadata, String owner) throws JsonProcessingException {
        assertThat(Ownership.of(object(metadata))).contains(owner);
    }

    @Test
    void shouldNotGuess() throws JsonProcessingException {
        assertThat(Ownership.of(object("name: regcred"))).isEmpty();
        assertThat(Ownership.of(object("managedFields: [{manager: argo-preflight}]")))
                .isEmpty();
    }
}
