package io.jenkins.plugins.argopreflight.engine.check;

/** The topics of checks, which are the chapters of docs/checks.md. */
public enum Topic {
    /** Images, and the credentials that pull them. */
    IMAGES,
    /** Rights of users and ServiceAccounts: RBAC. */
    PERMISSIONS,
    /** The admission of objects by the API server: Pod Security, quotas, webhooks. */
    ADMISSION,
    /** The nodes that run the pods, and the objects to which the pods refer. */
    CLUSTER,
    /** The workflow and Argo's settings themselves. */
    WORKFLOW
}
