import { apisIn } from '../catalogue.ts'

/** APIs called together, and how often people come for them. */
export interface Visit {
  readonly weight: number
  readonly apis: readonly string[]
}

/** Console pages. The rarest are opened about once a month by the whole company. */
export const PAGES: readonly Visit[] = [
  visit(
    30,
    'ec2 DescribeInstances DescribeTags DescribeInstanceStatus DescribeAddresses DescribeVolumes DescribeSecurityGroups DescribeAvailabilityZones DescribeInstanceTypes | autoscaling DescribeAutoScalingGroups | monitoring DescribeAlarms | compute-optimizer GetEnrollmentStatus',
  ),
  visit(
    24,
    's3 ListBuckets GetBucketLocation GetBucketPolicyStatus GetBucketPublicAccessBlock GetAccountPublicAccessBlock ListAccessPoints GetBucketAcl',
  ),
  visit(
    22,
    'logs DescribeLogGroups DescribeLogStreams FilterLogEvents DescribeMetricFilters StartQuery GetQueryResults',
  ),
  visit(
    20,
    'ecs ListClusters DescribeClusters ListServices DescribeServices ListTasks DescribeTasks DescribeTaskDefinition | elasticloadbalancing DescribeTargetHealth',
  ),
  visit(
    16,
    'iam ListUsers ListRoles GetRole ListAttachedRolePolicies ListRolePolicies GetAccountSummary ListMFADevices ListAccessKeys GetLoginProfile GetAccessKeyLastUsed',
  ),
  visit(
    14,
    'rds DescribeDBInstances DescribeDBClusters DescribeDBSnapshots DescribeEvents DescribePendingMaintenanceActions',
  ),
  visit(
    12,
    'lambda ListFunctions20150331 GetFunction20150331v2 GetFunctionConfiguration20150331v2 GetPolicy20150331v2 ListEventSourceMappings20150331 ListTags20170331',
  ),
  visit(
    10,
    'cloudtrail LookupEvents DescribeTrails GetTrailStatus ListEventDataStores GetEventSelectors',
  ),
  visit(10, 'ce GetCostAndUsage GetCostForecast GetDimensionValues GetReservationUtilization'),
  visit(
    9,
    'ec2 DescribeVpcs DescribeSubnets DescribeRouteTables DescribeInternetGateways DescribeNatGateways DescribeNetworkAcls DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeDhcpOptions DescribeManagedPrefixLists DescribeNetworkInterfaces',
  ),
  visit(
    8,
    'secretsmanager ListSecrets DescribeSecret GetResourcePolicy | kms ListAliases DescribeKey',
  ),
  visit(8, 'monitoring ListDashboards GetDashboard ListMetrics DescribeAlarmHistory'),
  visit(
    7,
    'ssm DescribeInstanceInformation StartSession TerminateSession DescribeSessions GetConnectionStatus | ssm-guiconnect GetConnection',
  ),
  visit(
    6,
    'cloudshell CreateEnvironment GetEnvironmentStatus PutCredentials CreateSession SendHeartBeat DeleteSession',
  ),
  visit(
    5,
    'dynamodb ListTables DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource',
  ),
  visit(5, 'cloudformation ListStacks DescribeStacks DescribeStackEvents ListStackResources'),
  visit(4, 'route53 ListHostedZones GetHostedZone ListResourceRecordSets ChangeResourceRecordSets'),
  visit(
    4,
    'ec2 DescribeImages DescribeLaunchTemplates DescribeKeyPairs DescribeSpotPriceHistory DescribeInstanceTypeOfferings',
  ),
  visit(
    4,
    'sqs ListQueues GetQueueAttributes | sns ListTopics GetTopicAttributes ListSubscriptions',
  ),
  visit(
    3,
    'guardduty ListDetectors GetDetector ListFindings GetFindings ListMembers | securityhub DescribeHub GetInsightResults GetFindings',
  ),
  visit(
    3,
    'cloudfront ListDistributions2020_05_31 GetDistribution2020_05_31 CreateInvalidation2020_05_31',
  ),
  visit(
    2,
    'config DescribeConfigurationRecorders DescribeConfigurationRecorderStatus DescribeConfigRules ListDiscoveredResources',
  ),
  visit(
    2,
    'elasticache DescribeCacheClusters DescribeReplicationGroups | es DescribeDomain ListDomainNames',
  ),
  visit(2, 'eks ListClusters DescribeCluster ListNodegroups DescribeNodegroup | ram ListResources'),
  visit(1, 'backup ListBackupPlans ListBackupJobs ListRecoveryPointsByBackupVault'),
  visit(
    1,
    'servicequotas ListServices ListServiceQuotas GetServiceQuota | trustedadvisor ListRecommendations',
  ),
  visit(1, 'states ListStateMachines DescribeStateMachine ListExecutions GetExecutionHistory'),
  visit(1, 'events ListRules ListTargetsByRule DescribeRule | scheduler ListSchedules'),
  visit(
    0.7,
    'acm ListCertificates DescribeCertificate | wafv2 ListWebACLs GetWebACL GetSampledRequests',
  ),
  visit(
    0.7,
    'organizations DescribeOrganization ListAccounts ListRoots | sso ListInstances DescribeRegisteredRegions',
  ),
  visit(
    0.5,
    'support DescribeCases DescribeSeverityLevels | health DescribeEvents DescribeEventDetails',
  ),
  visit(
    0.5,
    'bedrock ListFoundationModels GetFoundationModelAvailability | sagemaker ListNotebookInstances ListEndpoints',
  ),
  visit(0.4, 'glue GetDatabases GetTables GetJobs | athena ListWorkGroups ListNamedQueries'),
]

/** What people type. */
export const COMMANDS: readonly Visit[] = [
  visit(20, 'ec2 DescribeInstances'),
  visit(16, 's3 ListBuckets'),
  visit(14, 'logs DescribeLogGroups FilterLogEvents'),
  visit(12, 'ecs ListServices DescribeServices UpdateService'),
  visit(10, 'ecr GetAuthorizationToken DescribeRepositories DescribeImages'),
  visit(8, 'ssm StartSession TerminateSession'),
  visit(8, 'ssm GetParametersByPath PutParameter'),
  visit(7, 'secretsmanager ListSecrets DescribeSecret'),
  visit(6, 'lambda ListFunctions20150331 UpdateFunctionCode20150331v2'),
  visit(6, 'eks DescribeCluster'),
  visit(5, 'iam GetUser ListAccessKeys'),
  visit(4, 'rds DescribeDBInstances DescribeDBLogFiles DownloadDBLogFilePortion'),
  visit(3, 'cloudformation DescribeStacks CreateChangeSet ExecuteChangeSet'),
  visit(2, 'ec2 DescribeSecurityGroups AuthorizeSecurityGroupIngress'),
  visit(2, 'dynamodb DescribeTable UpdateTable'),
  visit(1, 'iam CreateAccessKey ListAccessKeys UpdateAccessKey DeleteAccessKey'),
  visit(1, 's3 CreateBucket PutBucketPolicy PutBucketTagging'),
  visit(0.7, 'ec2 StopInstances StartInstances RebootInstances'),
  visit(0.5, 'kms CreateKey CreateAlias EnableKeyRotation'),
  visit(0.5, 'sns Subscribe ListSubscriptionsByTopic'),
]

function visit(weight: number, text: string): Visit {
  return { weight, apis: apisIn(text) }
}
