// Command controller answers with which credential Argo's controller looks an image up, given the pod's pull Secrets.
//
// Questions are those of the kubelet's oracle; answers have at most one credential, an empty list being anonymous:
//
//	{"credentials":[{"username":"team","password":"s3cret","identitytoken":"","registrytoken":""}],"name":"index.docker.io/library/nginx:latest"}
//	{"error":"...","kind":"InvalidImageName"}   the controller cannot parse the image
//	{"error":"...","kind":"Secret"}             a Secret's JSON or a key in it does not parse: no look-up at all
//	{"error":"...","kind":"Resolve"}            the credential that matches cannot be used
//
// The steps are those of Lookup in argo-workflows workflow/controller/entrypoint/container_registry_index.go, in a
// controller with no credentials of its own; go-containerregistry has the version that Argo Workflows 4.0.5 has.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/google/go-containerregistry/pkg/authn/kubernetes"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "k8s.io/api/core/v1"
)

type question struct {
	Secrets []struct {
		Name string            `json:"name"`
		Type v1.SecretType     `json:"type"`
		Data map[string][]byte `json:"data"`
	} `json:"secrets"`
	Image string `json:"image"`
}

type credential struct {
	Username      string `json:"username"`
	Password      string `json:"password"`
	IdentityToken string `json:"identitytoken"`
	RegistryToken string `json:"registrytoken"`
}

type failure struct {
	Error string `json:"error"`
	Kind  string `json:"kind"`
}

func answer(q question) any {
	pullSecrets := make([]v1.Secret, len(q.Secrets))
	for i, s := range q.Secrets {
		pullSecrets[i].Name, pullSecrets[i].Type, pullSecrets[i].Data = s.Name, s.Type, s.Data
	}
	keychain, err := kubernetes.NewFromPullSecrets(context.Background(), pullSecrets)
	if err != nil {
		return failure{err.Error(), "Secret"}
	}
	ref, err := name.ParseReference(q.Image)
	if err != nil {
		return failure{err.Error(), "InvalidImageName"}
	}
	authenticator, err := keychain.Resolve(ref.Context())
	if err != nil {
		return failure{err.Error(), "Resolve"}
	}
	auth, err := authenticator.Authorization()
	if err != nil {
		return failure{err.Error(), "Resolve"}
	}
	found := credential{auth.Username, auth.Password, auth.IdentityToken, auth.RegistryToken}
	if found == (credential{}) {
		return map[string]any{"credentials": []credential{}, "name": ref.Name()}
	}
	return map[string]any{"credentials": []credential{found}, "name": ref.Name()}
}

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	answers := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			var q question
			if bad := json.Unmarshal(line, &q); bad != nil {
				fmt.Fprintf(os.Stderr, "not a question: %v\n", bad)
				os.Exit(2)
			}
			answers.Encode(answer(q))
			if in.Buffered() == 0 {
				out.Flush()
			}
		}
		if err == io.EOF {
			out.Flush()
			return
		}
	}
}
