package io.jenkins.plugins.argopreflight.engine.preflight;

/**
 * The namespaces of a cluster that steps work in.
 *
 * @param namespace where workflows run
 * @param argoNamespace where Argo's controller runs
 * @param blockNamespace where the ServiceAccount is whose tokens builds get; "" where they get none
 */
public record StepNamespaces(String namespace, String argoNamespace, String blockNamespace) {}
