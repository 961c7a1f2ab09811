module example.org/gauge

require (
	google.golang.org/grpc v1.64.0
	k8s.io/client-go v0.30.0 // indirect
)
