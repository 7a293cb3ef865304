package io.jenkins.plugins.argopreflight.engine.collect.right;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;

/**
 * Who acts for a workflow besides its own ServiceAccounts.
 *
 * @param submitter whom the API server takes us for
 * @param controller whom Argo's controller runs as; it creates the pods
 */
public record Parties(Fact<Identity> submitter, Fact<Identity> controller) {}
