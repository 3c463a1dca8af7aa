import { closeTestCluster } from './test-cluster';

afterAll(closeTestCluster);
