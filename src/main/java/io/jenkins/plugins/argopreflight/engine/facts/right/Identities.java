package io.jenkins.plugins.argopreflight.engine.facts.right;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;

/**
 * The identities that act for a workflow besides its own ServiceAccounts.
 *
 * @param submitter the identity that submits the workflow
 * @param controller the identity of Argo's controller, which creates the pods
 */
public record Identities(Fact<Identity> submitter, Fact<Identity> controller) {}
