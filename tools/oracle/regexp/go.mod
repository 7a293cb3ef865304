module github.com/jenkinsci/argo-preflight-plugin/tools/oracle/regexp

go 1.25.0
